/**
 * Kernels of a Jupyter server: sessions and kernelspecs over REST, one persistent WebSocket for
 * each kernel, and what its messages mean. It uses the code and stream packages of the domain, the
 * wire package beside it, and Jackson for REST.
 */
@NullMarked
package io.execd.jupyter.code;

import org.jspecify.annotations.NullMarked;
