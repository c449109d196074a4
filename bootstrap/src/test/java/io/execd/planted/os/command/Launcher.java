package io.execd.planted.os.command;

/** An innocent class of an adapter. */
public final class Launcher {}
