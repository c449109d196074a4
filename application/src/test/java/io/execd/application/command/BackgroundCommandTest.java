package io.execd.application.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.OsError;
import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.command.LaunchStage;
import io.execd.domain.stream.ExecutionEvent.Completed;
import io.execd.domain.stream.ExecutionEvent.Failed;
import io.execd.domain.stream.OutputSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundCommandTest {
  private final CommandHarness harness =
      new CommandHarness(CommandLimits.retaining(Duration.ofHours(24), 3, 1_000));
  private final CommandService service = harness.service();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void itsStreamEndsAtOnceAndItGoesOn() {
    CommandExecution execution = service.start(CommandHarness.script("sleep"));
    assertThat(CommandHarness.drain(execution)).hasSize(2).last().isInstanceOf(Completed.class);
    assertThat(service.status(execution.id()).outcome()).isEmpty();
    assertThat(harness.last().running()).isTrue();
  }

  @Test
  void aClientThatLeavesBeforeItReadTheStreamEndsNothing() {
    CommandExecution execution = service.start(CommandHarness.script("sleep"));
    execution.events().close();
    assertThat(harness.last().running()).isTrue();
  }

  @Test
  void itsLogIsReadByByteOffset() throws Exception {
    CommandExecution execution = service.start(CommandHarness.script("sleep"));
    harness.last().emit(OutputSource.STDOUT, "one\n");
    harness.last().emit(OutputSource.STDERR, "two\n");
    assertThat(read(service.logs(execution.id(), 0))).isEqualTo("one\ntwo\n");
    LogSlice rest = service.logs(execution.id(), 4);
    assertThat(read(rest)).isEqualTo("two\n");
    assertThat(rest.end()).isEqualTo(8);
    LogSlice beyond = service.logs(execution.id(), 99);
    assertThat(beyond.length()).isZero();
    assertThat(beyond.end()).isEqualTo(8);
  }

  @Test
  void aCharacterThatHasOnlyBegunWaitsForItsRest() throws Exception {
    CommandExecution execution = service.start(CommandHarness.script("sleep"));
    harness.last().emit(OutputSource.STDOUT, new byte[] {'a', (byte) 0xf0, (byte) 0x9f});
    LogSlice first = service.logs(execution.id(), 0);
    assertThat(read(first)).isEqualTo("a");
    harness.last().emit(OutputSource.STDOUT, new byte[] {(byte) 0x98, (byte) 0x80});
    assertThat(read(service.logs(execution.id(), first.end()))).isEqualTo("😀");
    harness.last().emit(OutputSource.STDOUT, new byte[] {(byte) 0xe2});
    assertThat(service.logs(execution.id(), 5).length()).isZero();
    harness.last().exit(new Exited(0));
    assertThat(service.logs(execution.id(), 5).length()).isEqualTo(1);
  }

  @Test
  void aForegroundCommandHasNoLog() {
    CommandExecution execution = service.run(CommandHarness.script("echo x"));
    assertThatThrownBy(() -> service.logs(execution.id(), 0))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(Failure.Code.INVALID_REQUEST));
  }

  @Test
  void aStartThatFailsIsToldInItsStream() {
    harness
        .launcher()
        .refuse(new Refused(LaunchStage.PROGRAM, new OsError(2, "ENOENT", "no such file"), "/x"));
    CommandExecution execution = service.start(CommandHarness.script("echo"));
    Failed end = (Failed) CommandHarness.drain(execution).getLast();
    assertThat(end.value()).isEqualTo("exec /x: no such file");
  }

  @Test
  void recordsAndLogsAreForgottenAfterTheirTime() {
    CommandExecution old = service.start(CommandHarness.script("echo x"));
    harness.pass(Duration.ofHours(23));
    assertThat(service.status(old.id()).outcome()).isPresent();
    harness.pass(Duration.ofHours(2));
    assertForgotten(old);
  }

  @Test
  void theOldestAreForgottenWhenThereAreTooMany() {
    CommandExecution running = service.start(CommandHarness.script("sleep"));
    CommandExecution first = service.start(CommandHarness.script("echo 1"));
    for (int i = 0; i < 3; i++) {
      service.start(CommandHarness.script("echo x"));
    }
    assertForgotten(first);
    assertThat(service.status(running.id()).outcome()).isEmpty();
  }

  @Test
  void theOldestLogsAreForgottenWhenTheyTakeTooMuch() throws Exception {
    CommandExecution foreground = service.run(CommandHarness.script("echo x"));
    CommandHarness.drain(foreground);
    CommandExecution large = service.start(CommandHarness.script("sleep"));
    harness.last().emit(OutputSource.STDOUT, "x".repeat(900));
    harness.last().exit(new Exited(0));
    assertThat(service.logs(large.id(), 0).end()).isEqualTo(900);
    CommandExecution next = service.start(CommandHarness.script("echo " + "y".repeat(100)));
    assertLogForgotten(service, large);
    assertThat(read(service.logs(next.id(), 0))).startsWith("yyy");
    assertThat(service.status(foreground.id()).outcome()).isPresent();
  }

  @Test
  void theEndOfACommandWhoseLogIsTooLargeIsStillKnown() {
    CommandExecution flood = service.start(CommandHarness.script("sleep"));
    harness.last().emit(OutputSource.STDOUT, "x".repeat(1_001));
    harness.last().exit(new Exited(7));
    assertLogForgotten(service, flood);
  }

  @Test
  void aVeryLongCommandIsRememberedInPart() {
    String text = "sleep # " + "x".repeat(300_000);
    CommandExecution execution = service.start(CommandHarness.script(text));
    assertThat(service.status(execution.id()).content())
        .startsWith(text.substring(0, 262_144))
        .endsWith("… (37864 more characters)");
  }

  @Test
  void theOldestAreForgottenWhenTheirTextsTakeTooMuch() {
    CommandHarness roomy =
        new CommandHarness(CommandLimits.retaining(Duration.ofHours(24), 100, 1_000));
    String text = "echo " + "x".repeat(260_000);
    CommandExecution first = roomy.service().run(CommandHarness.script(text));
    CommandHarness.drain(first);
    for (int i = 0; i < 16; i++) {
      CommandHarness.drain(roomy.service().run(CommandHarness.script(text)));
    }
    assertThatThrownBy(() -> roomy.service().status(first.id())).isInstanceOf(Failure.class);
    roomy.close();
  }

  private static void assertLogForgotten(CommandService service, CommandExecution execution) {
    assertThat(service.status(execution.id()).outcome()).isPresent();
    assertThatThrownBy(() -> service.logs(execution.id(), 0))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo(Failure.Code.COMMAND_NOT_FOUND);
              assertThat(f).hasMessageContaining("no longer kept");
            });
  }

  private void assertForgotten(CommandExecution execution) {
    assertThatThrownBy(() -> service.status(execution.id()))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(Failure.Code.COMMAND_NOT_FOUND));
  }

  private static String read(LogSlice slice) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    slice.writeTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
