/**
 * The command slice over HTTP: the resource behind the generated Command interface and the
 * translation between its models and the domain's. It uses the in-port of commands and the event
 * streams.
 */
@NullMarked
package io.execd.http.command;

import org.jspecify.annotations.NullMarked;
