package io.execd.planted.domain.command;

/** Breaks: java.logging is not java.base. */
public record LogsByLibrary(java.util.logging.Logger logger) {}
