package io.execd.planted.domain.command;

/** An out-port. */
public interface Port {}
