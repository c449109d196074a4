/**
 * The HTTP server: Grizzly's transport with a front of our own, Jersey behind it, and the streams
 * that resources answer with. It uses Grizzly, Jersey and Jackson, and of the domain only {@link
 * io.execd.domain.Failure}.
 */
@NullMarked
package io.execd.http.server;

import org.jspecify.annotations.NullMarked;
