/**
 * A Jupyter server of the daemon's own: found on the machine, started when it is needed, looked
 * after, and ended with the daemon. It uses the out-ports of the command slice to run it, and the
 * code and wire packages beside it.
 */
@NullMarked
package io.execd.jupyter.server;

import org.jspecify.annotations.NullMarked;
