package io.execd.http.server;

import java.util.function.Supplier;

/**
 * A resource class of the API and where its instances come from.
 *
 * @param type the class that carries, or whose interface carries, the JAX-RS annotations
 * @param source gives an instance; asked once for each request, from many threads
 */
public record ApiResource<T>(Class<T> type, Supplier<T> source) {}
