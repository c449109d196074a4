/**
 * Running code: the in-port {@link io.execd.application.code.CodeContexts} and its service, which
 * keeps the contexts. It uses the code, command and stream packages of the domain, the in-port of
 * commands, and java.base.
 */
@NullMarked
package io.execd.application.code;

import org.jspecify.annotations.NullMarked;
