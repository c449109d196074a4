package io.execd.application.command;

import io.execd.domain.stream.BufferBudget;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * What all commands of one daemon share.
 *
 * @param timer runs short, non-blocking tasks only
 * @param onOver hears once of each command that is over and whose launch has returned; must not
 *     block
 */
record CommandRuntime(
    CommandLimits limits,
    BufferBudget budget,
    InstantSource clock,
    ScheduledExecutorService timer,
    Consumer<CommandRun> onOver) {}
