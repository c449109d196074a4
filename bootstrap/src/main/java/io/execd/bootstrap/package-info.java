/**
 * The entry point: arguments in, a running daemon and an exit code out. It uses the settings,
 * logging, lifecycle and wiring packages below it, and never Guice itself.
 */
@NullMarked
package io.execd.bootstrap;

import org.jspecify.annotations.NullMarked;
