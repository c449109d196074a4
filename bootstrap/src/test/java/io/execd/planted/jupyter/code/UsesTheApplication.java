package io.execd.planted.jupyter.code;

/** Breaks: the application. */
public record UsesTheApplication(io.execd.planted.application.command.Service service) {}
