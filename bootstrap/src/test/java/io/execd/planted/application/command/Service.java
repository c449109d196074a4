package io.execd.planted.application.command;

/** A service class. */
public final class Service {}
