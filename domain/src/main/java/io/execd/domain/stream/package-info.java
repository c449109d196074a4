/**
 * The events of an execution and the bounded buffer between the program that makes them and the
 * clients that read them; commands, sessions and code share it. It uses java.base, the root package
 * and nothing else.
 */
@NullMarked
package io.execd.domain.stream;

import org.jspecify.annotations.NullMarked;
