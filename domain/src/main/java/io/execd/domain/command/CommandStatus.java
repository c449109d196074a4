package io.execd.domain.command;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a command at one moment.
 *
 * @param content the command as it was asked for
 * @param outcome empty while it runs
 * @param finishedAt empty while it runs
 */
public record CommandStatus(
    CommandId id,
    String content,
    Instant startedAt,
    Optional<CommandOutcome> outcome,
    Optional<Instant> finishedAt) {}
