/**
 * Flags and environment variables: one table of options, from which the parser, the help text and
 * the README's table come, and the typed settings it yields. It uses java.base and the null
 * annotations only.
 */
@NullMarked
package io.execd.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
