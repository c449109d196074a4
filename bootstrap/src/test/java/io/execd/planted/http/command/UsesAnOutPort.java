package io.execd.planted.http.command;

/** Breaks: an out-port. */
public record UsesAnOutPort(io.execd.planted.domain.command.Port port) {}
