package io.execd.bootstrap.bench;

/** The little JSON that the benchmarks write. */
final class Json {
  private Json() {}

  static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
