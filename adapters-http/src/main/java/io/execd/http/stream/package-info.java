/**
 * Event streams on the wire: the framing of events, the splitting of output into lines, and the
 * loop that moves them from a reader to a client. It uses the stream package of the domain and the
 * server's connections.
 */
@NullMarked
package io.execd.http.stream;

import org.jspecify.annotations.NullMarked;
