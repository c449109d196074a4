package io.execd.domain.stream;

import java.time.Duration;
import java.util.List;

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
    return this instanceof Output output ? output.bytes().length : 0;
  }
}
