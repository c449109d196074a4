/**
 * The HTTP adapter: what bootstrap registers with the server and no slice owns. It uses the server
 * package and the generated interfaces.
 */
@NullMarked
package io.execd.http;

import org.jspecify.annotations.NullMarked;
