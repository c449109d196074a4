package io.execd.planted.application.command;

/** Breaks: an injection annotation. */
@jakarta.inject.Singleton
public final class WantsInjection {}
