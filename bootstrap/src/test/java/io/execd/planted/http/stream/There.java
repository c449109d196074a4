package io.execd.planted.http.stream;

/** The other half of a circle. */
public record There(Class<io.execd.planted.http.loop.Here> here) {}
