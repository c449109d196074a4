package io.execd.application.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.OsError;
import io.execd.domain.command.CommandId;
import io.execd.domain.command.CommandOutcome.Ended;
import io.execd.domain.command.CommandOutcome.Stopped;
import io.execd.domain.command.CommandStatus;
import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.ExitStatus.Signaled;
import io.execd.domain.command.LaunchResult.Refused;
import io.execd.domain.command.LaunchStage;
import io.execd.domain.command.StopCause;
import io.execd.domain.stream.ErrorCode;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.ExecutionEvent.Completed;
import io.execd.domain.stream.ExecutionEvent.Failed;
import io.execd.domain.stream.ExecutionEvent.Init;
import io.execd.domain.stream.OutputSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandServiceTest {
  private final CommandHarness harness = new CommandHarness();
  private final CommandService service = harness.service();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void aForegroundCommandStreamsItsOutputAndItsEnd() {
    CommandExecution execution = service.run(CommandHarness.script("echo hi; echo no >&2"));
    List<ExecutionEvent> events = CommandHarness.drain(execution);
    assertThat(events.getFirst()).isEqualTo(new Init(execution.id().value()));
    assertThat(CommandHarness.text(events)).isEqualTo("hi\nno\n");
    assertThat(events.getLast()).isInstanceOf(Completed.class);
  }

  @Test
  void itsStatusIsTrueTheMomentItsEndIsSeen() {
    CommandExecution execution = service.run(CommandHarness.script("exit 7"));
    List<ExecutionEvent> events = CommandHarness.drain(execution);
    assertThat(events.getLast())
        .isEqualTo(
            new Failed(
                ErrorCode.COMMAND_FAILED, "CommandExecError", "7", List.of("exit status 7")));
    CommandStatus status = service.status(execution.id());
    assertThat(status.outcome()).contains(new Ended(new Exited(7)));
    assertThat(status.finishedAt()).isPresent();
    assertThat(status.content()).isEqualTo("exit 7");
  }

  @Test
  void aRecordExistsWhileItRuns() {
    CommandExecution execution = service.run(CommandHarness.script("sleep"));
    CommandStatus status = service.status(execution.id());
    assertThat(status.outcome()).isEmpty();
    assertThat(status.finishedAt()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "9, false, killed",
    "11, true, segmentation fault (core dumped)",
    "40, false, signal 40"
  })
  void aSignalIsToldInWordsAndNeverAsAnExitCode(int signal, boolean core, String words) {
    CommandExecution execution = service.run(CommandHarness.script("sleep"));
    harness.last().exit(new Signaled(signal, core, false));
    Failed end = (Failed) CommandHarness.drain(execution).getLast();
    assertThat(end.value()).isEqualTo("-1");
    assertThat(end.traceback()).containsExactly("signal: " + words);
  }

  @Test
  void anInterruptTerminatesWithThreeSecondsOfGrace() {
    CommandExecution execution = service.run(CommandHarness.script("sleep"));
    service.interrupt(execution.id());
    assertThat(harness.last().terminations()).containsExactly(Duration.ofSeconds(3));
    Failed end = (Failed) CommandHarness.drain(execution).getLast();
    assertThat(end.code()).isEqualTo(ErrorCode.INTERRUPTED);
  }

  @Test
  void whoHandlesTheInterruptAndExitsZeroHasCompleted() {
    CommandExecution execution = service.run(CommandHarness.script("trap x; sleep"));
    service.interrupt(execution.id());
    harness.last().exit(new Exited(0));
    assertThat(CommandHarness.drain(execution).getLast()).isInstanceOf(Completed.class);
  }

  @Test
  void aTimeoutKillsAtOnce() {
    CommandExecution execution =
        service.run(CommandHarness.script("trap x; sleep", Duration.ofMillis(1)));
    Failed end = (Failed) CommandHarness.drain(execution).getLast();
    assertThat(end.code()).isEqualTo(ErrorCode.EXECUTION_TIMEOUT);
    assertThat(service.status(execution.id()).outcome())
        .contains(new Stopped(StopCause.TIMEOUT, new Signaled(9, false, false)));
    assertThat(harness.last().killed()).isTrue();
  }

  @Test
  void noTimerIsLeftBehindByACommandThatEndsInTime() {
    CommandHarness.drain(service.run(CommandHarness.script("echo x", Duration.ofHours(1))));
    assertThat(harness.pendingTimers()).isZero();
  }

  @Test
  void aTimeoutMayBeAsLongAsANumberCanSay() {
    Duration longest = Duration.ofMillis(Long.MAX_VALUE);
    CommandExecution execution = service.run(CommandHarness.script("sleep", longest));
    assertThat(service.status(execution.id()).outcome()).isEmpty();
    assertThat(harness.pendingTimers()).isOne();
  }

  @Test
  void aClientThatLeavesKillsItsCommand() {
    CommandExecution execution = service.run(CommandHarness.script("trap x; sleep"));
    execution.events().close();
    assertThat(harness.last().killed()).isTrue();
    assertThat(service.status(execution.id()).outcome())
        .contains(new Stopped(StopCause.CLIENT_GONE, new Signaled(9, false, false)));
  }

  @Test
  void aFloodWaitsForItsReaderAndNothingIsLost() {
    CommandExecution execution = service.run(CommandHarness.script("sleep"));
    String megabyte = "0123456789abcdef".repeat(1 << 16);
    harness.last().emit(OutputSource.STDOUT, megabyte.repeat(3));
    assertThat(harness.heldBytes()).isLessThan(300_000);
    harness.last().exit(new Exited(0));
    assertThat(CommandHarness.text(CommandHarness.drain(execution))).hasSize(3 << 20);
  }

  @ParameterizedTest
  @EnumSource(
      value = LaunchStage.class,
      names = {"PROGRAM", "RESOURCES"})
  void aStartThatFailsIsACommandThatFailed(LaunchStage stage) {
    harness.launcher().refuse(new Refused(stage, new OsError(11, "EAGAIN", "try again"), "bash"));
    CommandExecution execution = service.run(CommandHarness.script("echo x"));
    List<ExecutionEvent> events = CommandHarness.drain(execution);
    assertThat(events.getFirst()).isInstanceOf(Init.class);
    assertThat(((Failed) events.getLast()).value()).endsWith("bash: try again");
    assertThat(service.status(execution.id()).outcome()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "DIRECTORY, ENOENT, INVALID_REQUEST, cwd: /x: words",
    "DIRECTORY, ENOTDIR, INVALID_REQUEST, cwd: /x: words",
    "DIRECTORY, EACCES, PERMISSION_DENIED, cwd: /x: words",
    "DIRECTORY, EIO, RUNTIME_ERROR, cwd: /x: words",
    "IDENTITY, EPERM, PERMISSION_DENIED, uid: /x: words",
    "IDENTITY, ENOSYS, NOT_SUPPORTED, uid: /x: words"
  })
  void whatTheCallerCouldHaveKnownIsAFailedRequest(
      LaunchStage stage, String errno, Failure.Code code, String message) {
    harness.launcher().refuse(new Refused(stage, new OsError(1, errno, "words"), "/x"));
    assertThatThrownBy(() -> service.run(CommandHarness.script("echo x")))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.code()).isEqualTo(code))
        .hasMessage(message);
    assertThat(harness.heldBytes()).isZero();
  }

  @Test
  void unknownIdsAreNamed() {
    CommandId id = new CommandId("nobody");
    assertThatThrownBy(() -> service.status(id)).hasMessage("no command has the id 'nobody'");
    assertThatThrownBy(() -> service.logs(id, 0)).hasMessage("no command has the id 'nobody'");
    assertThatThrownBy(() -> service.interrupt(id))
        .hasMessage("no running command has the id 'nobody'");
  }

  @Test
  void interruptingWhatIsOverIsRefused() {
    CommandExecution execution = service.run(CommandHarness.script("exit 0"));
    assertThatThrownBy(() -> service.interrupt(execution.id()))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(Failure.Code.RUNTIME_ERROR));
  }

  @Test
  void closingEndsWhatRunsAndRefusesWhatComes() {
    CommandExecution execution = service.run(CommandHarness.script("sleep"));
    service.close();
    assertThat(((Failed) CommandHarness.drain(execution).getLast()).code())
        .isEqualTo(ErrorCode.INTERRUPTED);
    assertThatThrownBy(() -> service.run(CommandHarness.script("echo x")))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(Failure.Code.NOT_READY));
  }
}
