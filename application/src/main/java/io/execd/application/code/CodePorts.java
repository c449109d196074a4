package io.execd.application.code;

import io.execd.application.command.Commands;
import io.execd.domain.code.KernelSource;
import io.execd.domain.command.EnvironmentSource;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What {@link CodeService} uses and does not own.
 *
 * @param kernels starts the kernels of every language but SQL
 * @param databases starts what SQL runs in
 * @param commands runs code that is a shell command
 * @param environment what directories are expanded from
 */
public record CodePorts(
    KernelSource kernels,
    KernelSource databases,
    Commands commands,
    EnvironmentSource environment,
    Clock clock) {

  /**
   * Time.
   *
   * @param timer gets short, non-blocking tasks only
   */
  public record Clock(InstantSource wall, ScheduledExecutorService timer) {}
}
