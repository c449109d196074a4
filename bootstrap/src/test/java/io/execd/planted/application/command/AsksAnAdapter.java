package io.execd.planted.application.command;

/** Breaks: an adapter seen from inside. */
public record AsksAnAdapter(io.execd.planted.os.command.Launcher launcher) {}
