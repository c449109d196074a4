/**
 * The model of running code in contexts that keep state: what a kernel is, what may happen to a
 * context, and the out-ports that start kernels. It uses the stream package, the root package and
 * java.base.
 */
@NullMarked
package io.execd.domain.code;

import org.jspecify.annotations.NullMarked;
