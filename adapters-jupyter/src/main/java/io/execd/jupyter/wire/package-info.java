/**
 * A small HTTP and WebSocket client over plain sockets, whose acknowledgements are never delayed.
 * It knows nothing of Jupyter, and uses java.base and jdk.net only.
 */
@NullMarked
package io.execd.jupyter.wire;

import org.jspecify.annotations.NullMarked;
