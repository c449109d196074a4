package io.execd.http.command;

import io.execd.application.Interrupts;
import io.execd.application.command.CommandExecution;
import io.execd.application.command.Commands;
import io.execd.application.command.LogSlice;
import io.execd.domain.Failure;
import io.execd.domain.command.CommandId;
import io.execd.domain.command.CommandRequest;
import io.execd.http.api.CommandApi;
import io.execd.http.api.model.RunCommandRequest;
import io.execd.http.stream.EventStream;
import io.execd.http.stream.StreamOptions;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The Command operations of the API. */
public final class CommandResource implements CommandApi {
  private static final String LOG_TYPE = "text/plain; charset=utf-8";
  private static final String CURSOR_HEADER = "EXECD-COMMANDS-TAIL-CURSOR";

  private final Commands commands;
  private final Interrupts interrupts;

  public CommandResource(Commands commands, Interrupts interrupts) {
    this.commands = commands;
    this.interrupts = interrupts;
  }

  @Override
  public Response runCommand(
      RunCommandRequest body,
      @Nullable String sse,
      @Nullable Boolean partial,
      @Nullable String idempotencyKey) {
    if (idempotencyKey != null) {
      // Refused rather than ignored: a client that retries would run the command twice.
      throw Failure.invalidField("Idempotency-Key", "is not supported by this version");
    }
    StreamOptions options = StreamOptions.of(sse, partial);
    CommandRequest request = RequestReader.read(body);
    CommandExecution execution =
        RequestReader.background(body) ? commands.start(request) : commands.run(request);
    return new EventStream(execution.events(), options).answer();
  }

  @Override
  public Response interruptCommand(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      throw Failure.missingQuery("id");
    }
    interrupts.interrupt(id);
    return Response.ok().build();
  }

  @Override
  public Response getCommandStatus(String id) {
    return Response.ok(StatusWriter.write(commands.status(new CommandId(id)))).build();
  }

  @Override
  public Response getBackgroundCommandLogs(String id, Long cursor) {
    if (cursor < 0) {
      throw Failure.invalidField("cursor", "must not be negative, but is " + cursor);
    }
    LogSlice slice = commands.logs(new CommandId(id), cursor);
    return Response.ok(LogBody.of(slice))
        .header("Content-Type", LOG_TYPE)
        .header(CURSOR_HEADER, slice.end())
        .build();
  }
}
