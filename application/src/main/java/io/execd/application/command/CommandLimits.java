package io.execd.application.command;

import io.execd.domain.stream.StreamLimits;
import java.time.Duration;

/**
 * The bounds of the command slice.
 *
 * @param retentionTime how long the record and the log of a finished command are kept
 * @param retainedCommands how many finished commands are kept at most
 * @param retainedBytes how many bytes their texts and logs may take together
 * @param killGrace how long a command may take to end after it was asked to
 * @param stream the bounds of the output that waits for a slow client
 */
public record CommandLimits(
    Duration retentionTime,
    int retainedCommands,
    long retainedBytes,
    Duration killGrace,
    StreamLimits stream) {}
