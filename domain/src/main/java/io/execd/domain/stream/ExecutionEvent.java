package io.execd.domain.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One thing that happened in an execution, in the order in which clients see it. {@link Init} comes
 * first and once; {@link Completed} or {@link Failed} comes last and once.
 */
public sealed interface ExecutionEvent {

  /** The execution exists under this id; status, logs and interrupt already work with it. */
  record Init(String id) implements ExecutionEvent {}

  /**
   * Bytes the program wrote, as they were read: any number of lines, cut anywhere, in any encoding.
   *
   * @param bytes owned by the event from here on; nobody writes to it again
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // compared by nobody; a copy per read would cost too much
  record Output(OutputSource source, byte[] bytes) implements ExecutionEvent {}

  /**
   * Text as a language backend said it: one event is one piece, and is not split into lines.
   *
   * @param utf8 whole characters; owned by the event from here on, and nobody writes to it again
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // compared by nobody; a copy per read would cost too much
  record Text(OutputSource source, byte[] utf8) implements ExecutionEvent {}

  /** What a language backend says about itself, such as {@code busy}. */
  record Status(String text) implements ExecutionEvent {}

  /** The running number that a kernel gave to this execution. */
  record Count(int number) implements ExecutionEvent {}

  /**
   * A value or a picture that the code made.
   *
   * @param count the number of the execution; empty for what is shown and not returned
   * @param values from MIME type to UTF-8 text (binary types as base64, JSON types as JSON text),
   *     in order; owned by the event from here on
   */
  record Result(OptionalInt count, Map<String, byte[]> values) implements ExecutionEvent {}

  /** The program ended well. */
  record Completed(Duration duration) implements ExecutionEvent {}

  /**
   * The program ended otherwise, or did not start.
   *
   * @param name the kind of error, as the language or the shell adapter names it
   * @param value its value: for a command the exit code in decimal
   * @param traceback zero or more lines
   */
  record Failed(ErrorCode code, String name, String value, List<String> traceback)
      implements ExecutionEvent {
    public Failed {
      traceback = List.copyOf(traceback);
    }
  }

  /** The reader was too slow, and this many bytes of output in between are lost to it. */
  record Gap(long bytes) implements ExecutionEvent {}

  /** Whether nothing may follow this event. */
  default boolean terminal() {
    return this instanceof Completed || this instanceof Failed;
  }

  /** What the event weighs in a bounded buffer, in bytes; only output has a weight. */
  default int weight() {
    return switch (this) {
      case Output output -> output.bytes().length;
      case Text text -> text.utf8().length;
      case Result result -> result.values().values().stream().mapToInt(value -> value.length).sum();
      case Init _, Status _, Count _, Completed _, Failed _, Gap _ -> 0;
    };
  }
}
