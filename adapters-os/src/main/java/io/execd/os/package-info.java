/**
 * The adapters to the operating system, one package for each slice, and one for native code. This
 * package itself holds nothing.
 */
@NullMarked
package io.execd.os;

import org.jspecify.annotations.NullMarked;
