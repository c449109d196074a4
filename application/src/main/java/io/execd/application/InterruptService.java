package io.execd.application;

import io.execd.application.code.CodeContexts;
import io.execd.application.command.Commands;
import io.execd.domain.code.ContextId;
import io.execd.domain.command.CommandId;

/** Asks the slices in turn; no id is known to two of them. */
public final class InterruptService implements Interrupts {
  private final CodeContexts contexts;
  private final Commands commands;

  public InterruptService(CodeContexts contexts, Commands commands) {
    this.contexts = contexts;
    this.commands = commands;
  }

  @Override
  public void interrupt(String id) {
    if (!contexts.interrupt(new ContextId(id))) {
      commands.interrupt(new CommandId(id));
    }
  }
}
