/**
 * The file slice over HTTP: the resource behind the generated Filesystem interface, multipart
 * bodies, ranges, and lists that are written while they are found. It uses the in-port of files and
 * the server package.
 */
@NullMarked
package io.execd.http.file;

import org.jspecify.annotations.NullMarked;
