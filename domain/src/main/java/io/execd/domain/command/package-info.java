/**
 * The command slice of the model: what to run, the life of a command as one total state machine,
 * and the out-ports through which processes are started and accounts looked up. It uses java.base,
 * the root package and the stream package.
 */
@NullMarked
package io.execd.domain.command;

import org.jspecify.annotations.NullMarked;
