package io.execd.planted.http.command;

/** Breaks: another adapter. */
public record AsksTheSystem(io.execd.planted.os.command.Launcher launcher) {}
