package io.execd.application.command;

import io.execd.domain.command.Accounts;
import io.execd.domain.command.EnvironmentSource;
import io.execd.domain.command.ProcessLauncher;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What {@link CommandService} uses and does not own.
 *
 * @param timer gets short, non-blocking tasks only
 */
public record CommandPorts(
    ProcessLauncher launcher,
    EnvironmentSource environment,
    Accounts accounts,
    ScheduledExecutorService timer,
    InstantSource clock) {}
