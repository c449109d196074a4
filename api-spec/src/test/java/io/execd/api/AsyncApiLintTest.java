package io.execd.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds in the file, and every rule rejects the violation planted in a copy. */
class AsyncApiLintTest {

  @ParameterizedTest
  @MethodSource("io.execd.api.AsyncApiLints#all")
  void holds(Lint lint) {
    assertThat(lint.rule().apply(Contract.asyncApi())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.execd.api.AsyncApiLints#all")
  void rejectsItsPlantedViolation(Lint lint) {
    Contract copy = Contract.asyncApi();
    lint.planted().accept(copy);
    assertThat(lint.rule().apply(copy)).anyMatch(it -> it.contains(lint.culprit()));
  }
}
