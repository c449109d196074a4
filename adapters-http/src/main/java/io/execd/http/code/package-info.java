/**
 * The code slice over HTTP: the resource behind the generated CodeInterpreting interface and the
 * translation between its models and the domain's. It uses the in-port of contexts and the event
 * streams.
 */
@NullMarked
package io.execd.http.code;

import org.jspecify.annotations.NullMarked;
