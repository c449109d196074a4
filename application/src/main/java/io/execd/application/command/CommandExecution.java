package io.execd.application.command;

import io.execd.domain.command.CommandId;
import io.execd.domain.stream.EventReader;

/**
 * A command that was accepted.
 *
 * @param events the owner's reader; whoever gets it closes it
 */
public record CommandExecution(CommandId id, EventReader events) {}
