package io.execd.planted.os.command;

/** Breaks: another adapter. */
public record UsesAnotherAdapter(io.execd.planted.http.stream.There there) {}
