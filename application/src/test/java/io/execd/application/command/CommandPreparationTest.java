package io.execd.application.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.command.CommandRequest;
import io.execd.domain.command.CommandRequest.RunAs;
import io.execd.domain.command.Identity;
import io.execd.domain.command.LaunchSpec;
import io.execd.domain.command.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the launcher is told for what a caller asked. */
class CommandPreparationTest {
  private final CommandHarness harness = new CommandHarness();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void withoutAUserNothingChanges() {
    LaunchSpec spec = launch(Optional.empty(), Optional.empty(), Map.of());
    assertThat(spec.identity()).isEmpty();
    assertThat(spec.directory()).isEmpty();
    assertThat(spec.environment()).containsExactly(Map.entry("HOME", "/root"));
  }

  @Test
  void aUserBringsItsGroupsAndItsHome() {
    LaunchSpec spec = launch(runAs(1000, OptionalLong.empty()), Optional.of("~/w"), Map.of());
    assertThat(spec.identity()).contains(new Identity(1000, 1001, List.of(27L, 44L)));
    assertThat(spec.environment())
        .containsEntry("HOME", "/home/jo")
        .containsEntry("USER", "jo")
        .containsEntry("LOGNAME", "jo");
    assertThat(spec.directory()).contains("/home/jo/w");
  }

  @Test
  void anotherGroupLeavesTheUsersOwnOnesBehind() {
    LaunchSpec spec = launch(runAs(1000, OptionalLong.of(5)), Optional.empty(), Map.of());
    assertThat(spec.identity()).contains(new Identity(1000, 5, List.of()));
  }

  @Test
  void anUnknownUserNeverGetsAGroupOfTheDaemons() {
    LaunchSpec spec = launch(runAs(4242, OptionalLong.empty()), Optional.empty(), Map.of());
    assertThat(spec.identity()).contains(new Identity(4242, 4242, List.of()));
    assertThat(spec.environment()).containsExactly(Map.entry("HOME", "/"));
  }

  @Test
  void theCallersVariablesWinAndExpandTheDirectory() {
    LaunchSpec spec =
        launch(
            runAs(1000, OptionalLong.empty()),
            Optional.of("$W/${SUB}"),
            Map.of("HOME", "/mine", "W", "/w", "SUB", "mine"));
    assertThat(spec.environment()).containsEntry("HOME", "/mine").containsEntry("USER", "jo");
    assertThat(spec.directory()).contains("/w/mine");
  }

  @Test
  void anUndefinedVariableIsNamed() {
    assertThatThrownBy(() -> launch(Optional.empty(), Optional.of("$NOPE/a"), Map.of()))
        .hasMessage("cwd: the variable NOPE is not defined");
  }

  private static Optional<RunAs> runAs(long uid, OptionalLong gid) {
    return Optional.of(new RunAs(uid, gid));
  }

  private LaunchSpec launch(
      Optional<RunAs> runAs, Optional<String> directory, Map<String, String> variables) {
    Program program = new Program.Script("echo x");
    CommandHarness.drain(
        harness
            .service()
            .run(new CommandRequest(program, directory, Optional.empty(), runAs, variables)));
    return harness.last().spec();
  }
}
