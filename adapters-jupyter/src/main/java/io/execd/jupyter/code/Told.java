package io.execd.jupyter.code;

import io.execd.domain.code.KernelEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What an {@code error} or an {@code execute_reply} tells of the end of an execution. */
final class Told {
  private static final int NAME_BYTES = 4096;
  private static final int VALUE_BYTES = 256 * 1024;
  private static final int LINE_BYTES = 64 * 1024;
  private static final int LINES = 200;

  private final List<String> traceback = new ArrayList<>();
  private String status = "";
  private String name = "";
  private String value = "";
  private int count;

  private Told() {}

  static Told read(JsonScanner content) throws IOException {
    return read(content, content::skip);
  }

  /**
   * Reads a reply.
   *
   * @param payload reads one element of the reply's payload to its end
   */
  static Told read(JsonScanner content, JsonScanner.Runner payload) throws IOException {
    Told told = new Told();
    content.object(field -> {
      if (field.equals("payload")) {
        content.array(payload);
      } else {
        told.field(field, content);
      }
    });
    return told;
  }

  private void field(String field, JsonScanner content) throws IOException {
    switch (field) {
      case "status" -> status = content.string(NAME_BYTES);
      case "execution_count" -> count = content.number();
      case "ename" -> name = content.string(NAME_BYTES);
      case "evalue" -> value = content.string(VALUE_BYTES);
      case "traceback" -> content.array(() -> line(content.string(LINE_BYTES)));
      default -> content.skip();
    }
  }

  private void line(String line) {
    if (traceback.size() < LINES) {
      traceback.add(line);
    }
  }

  /** The number of the execution; 0 when it was not told. */
  int count() {
    return count;
  }

  boolean failed() {
    return status.equals("error");
  }

  /** Whether the kernel did not even begin. */
  boolean aborted() {
    return status.startsWith("abort"); // tslab says abort
  }

  /** The error. */
  KernelEnd.Raised raised() {
    return aborted()
        ? new KernelEnd.Raised("ExecutionAborted", "the kernel aborted it", List.of())
        : new KernelEnd.Raised(name.isEmpty() ? "Error" : name, value, traceback);
  }
}
