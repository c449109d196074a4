package io.execd.api;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One rule over a contract file, with the proof that it can fail.
 *
 * @param name what must hold
 * @param rule says each violation it finds
 * @param planted breaks the rule in a copy of the file
 * @param culprit what the rule must name when it finds the planted violation
 */
record Lint(
    String name,
    Function<Contract, Stream<String>> rule,
    Consumer<Contract> planted,
    String culprit) {

  @Override
  public String toString() {
    return name;
  }
}
