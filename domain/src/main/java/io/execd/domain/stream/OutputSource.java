package io.execd.domain.stream;

/** Which of a program's two output streams a byte came from. */
public enum OutputSource {
  STDOUT,
  STDERR
}
