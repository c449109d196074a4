package io.execd.planted.bootstrap;

/** Breaks: Guice outside the wiring. */
public record InjectsItself(com.google.inject.Injector injector) {}
