/**
 * Benchmarks: plain programs that start the packaged daemon, measure it from outside and print what
 * they find beside what the bare machine can do. They may use the JDK alone; the one bare server to
 * compare with uses Grizzly. No test runs them: {@code bootstrap/bench} does.
 */
@NullMarked
package io.execd.bootstrap.bench;

import org.jspecify.annotations.NullMarked;
