package io.execd.planted.http.command;

/** Breaks: a service class. */
public record UsesAService(io.execd.planted.application.command.Service service) {}
