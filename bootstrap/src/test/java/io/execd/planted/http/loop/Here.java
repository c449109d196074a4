package io.execd.planted.http.loop;

/** Breaks: there and back again. */
public record Here(io.execd.planted.http.stream.There there) {}
