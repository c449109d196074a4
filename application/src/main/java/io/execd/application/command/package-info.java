/**
 * Running commands: the in-port {@link io.execd.application.command.Commands} and its service, with
 * the records of what ran. It uses the command and stream packages of the domain, and java.base.
 */
@NullMarked
package io.execd.application.command;

import org.jspecify.annotations.NullMarked;
