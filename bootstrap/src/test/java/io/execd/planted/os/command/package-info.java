/** Violations planted for the architecture rules. They use whatever they must not. */
@org.jspecify.annotations.NullMarked
package io.execd.planted.os.command;
