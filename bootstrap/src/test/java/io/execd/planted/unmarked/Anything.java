package io.execd.planted.unmarked;

/** Breaks: no package-info here. */
public final class Anything {}
