package io.execd.http.stream;

import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.OutputSource;
import io.execd.domain.stream.StreamEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Writes the events of one execution as JSON objects (contract, section 3). Not thread-safe. */
final class EventEncoder implements AutoCloseable {
  private static final int STEP_BYTES = 32 * 1024;

  private final EventOutput output;
  private final LineEncoder stdout;
  private final LineEncoder stderr;
  private long offset;

  EventEncoder(EventOutput output) {
    this.output = output;
    this.stdout = new LineEncoder("stdout", output);
    this.stderr = new LineEncoder("stderr", output);
  }

  void encode(StreamEvent entry) throws IOException {
    long at = entry.epochMillis();
    offset = entry.offset();
    switch (entry.event()) {
      case ExecutionEvent.Init(String id) -> text("init", at, id);
      case ExecutionEvent.Output(OutputSource source, byte[] bytes) ->
          lines(source).accept(bytes, offset - bytes.length, at);
      case ExecutionEvent.Text(OutputSource source, byte[] utf8) -> piece(source, at, utf8);
      case ExecutionEvent.Status(String text) -> text("status", at, text);
      case ExecutionEvent.Count(int number) ->
          number("execution_count", at, "execution_count", number);
      case ExecutionEvent.Result(var count, var values) -> result(at, count, values);
      case ExecutionEvent.Gap(long bytes) -> number("gap", at, "lost_bytes", bytes);
      case ExecutionEvent.Completed(var duration) -> {
        finishLines();
        number("execution_complete", at, "execution_time", duration.toMillis());
      }
      case ExecutionEvent.Failed failed -> {
        finishLines();
        error(at, failed);
      }
    }
  }

  /** The sign of life between events. */
  void ping(long epochMillis) throws IOException {
    text("ping", epochMillis, "pong");
  }

  boolean hasUnfinishedLine() {
    return stdout.hasUnfinished() || stderr.hasUnfinished();
  }

  /** Sends what there is of unfinished lines. */
  void sendUnfinishedLines() throws IOException {
    stdout.sendUnfinished(offset);
    stderr.sendUnfinished(offset);
  }

  /** Gives the memory of unfinished lines back; sends nothing. */
  @Override
  public void close() {
    stdout.release();
    stderr.release();
  }

  private void finishLines() throws IOException {
    stdout.finish(offset);
    stderr.finish(offset);
  }

  private LineEncoder lines(OutputSource source) {
    return switch (source) {
      case STDOUT -> stdout;
      case STDERR -> stderr;
    };
  }

  private void text(String type, long at, String text) throws IOException {
    begin(type, at);
    field("text", text);
    end();
  }

  private void number(String type, long at, String name, long value) throws IOException {
    begin(type, at);
    output.bytes().put(",\"" + name + "\":" + value);
    end();
  }

  private void piece(OutputSource source, long at, byte[] utf8) throws IOException {
    begin(source == OutputSource.STDOUT ? "stdout" : "stderr", at);
    output.bytes().put(",\"text\":");
    string(utf8);
    end();
  }

  private void result(long at, OptionalInt count, Map<String, byte[]> values) throws IOException {
    begin("result", at);
    if (count.isPresent()) {
      output.bytes().put(",\"execution_count\":" + count.getAsInt());
    }
    output.bytes().put(",\"results\":");
    int separator = '{';
    for (Map.Entry<String, byte[]> value : values.entrySet()) {
      output.bytes().put(separator);
      string(value.getKey().equals("text/plain") ? "text" : value.getKey());
      output.bytes().put(':');
      string(value.getValue());
      separator = ',';
    }
    output.bytes().put(values.isEmpty() ? "{}" : "}");
    end();
  }

  private void error(long at, ExecutionEvent.Failed failed) throws IOException {
    begin("error", at);
    field("code", failed.code().name());
    output.bytes().put(",\"error\":{\"ename\":");
    string(failed.name());
    field("evalue", failed.value());
    output.bytes().put(",\"traceback\":[");
    strings(failed.traceback());
    output.bytes().put("]}");
    end();
  }

  private void begin(String type, long at) {
    output.begin();
    output.bytes().put("{\"type\":\"" + type + "\",\"timestamp\":" + at);
  }

  private void end() throws IOException {
    output.bytes().put('}');
    output.end(offset);
  }

  private void field(String name, String value) {
    output.bytes().put(",\"" + name + "\":");
    string(value);
  }

  private void strings(List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        output.bytes().put(',');
      }
      string(values.get(i));
    }
  }

  /** May be long: what is ready leaves before the rest is made. */
  private void string(byte[] utf8) throws IOException {
    JsonText text = new JsonText();
    output.bytes().put('"');
    for (int from = 0; from < utf8.length; from += STEP_BYTES) {
      text.escapePart(utf8, from, Math.min(utf8.length, from + STEP_BYTES), output.bytes());
      output.relieve();
    }
    text.finish(output.bytes());
    output.bytes().put('"');
  }

  private void string(String value) {
    Bytes out = output.bytes();
    out.put('"');
    new JsonText().escapeAll(value.getBytes(StandardCharsets.UTF_8), out);
    out.put('"');
  }
}
