package io.execd.application.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.code.CodeContext;
import io.execd.domain.code.CodeRequest;
import io.execd.domain.code.ContextId;
import io.execd.domain.code.Language;
import io.execd.domain.stream.ErrorCode;
import io.execd.domain.stream.EventReader;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.ExecutionEvent.Completed;
import io.execd.domain.stream.ExecutionEvent.Count;
import io.execd.domain.stream.ExecutionEvent.Failed;
import io.execd.domain.stream.ExecutionEvent.Init;
import io.execd.domain.stream.ExecutionEvent.Output;
import io.execd.domain.stream.ExecutionEvent.Result;
import io.execd.domain.stream.ExecutionEvent.Status;
import io.execd.domain.stream.ExecutionEvent.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CodeServiceTest {
  private final CodeHarness harness = new CodeHarness();
  private final CodeService service = harness.service();

  @AfterEach
  void close() {
    harness.close();
  }

  @Test
  void anExecutionTellsItsContextFirstAndItsEndLast() {
    ContextId id = harness.python();
    List<ExecutionEvent> events = harness.run(CodeHarness.in(id, "print a\nvalue b"));
    assertThat(events)
        .extracting(ExecutionEvent::getClass)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .containsExactly(
            Init.class,
            Status.class,
            Count.class,
            Text.class,
            Result.class,
            Status.class,
            Completed.class);
    assertThat(events.getFirst()).isEqualTo(new Init(id.value()));
  }

  @Test
  void whatTheCodeRaisesIsTheLastEvent() {
    ContextId id = harness.python();
    assertThat(harness.run(CodeHarness.in(id, "raise NameError")).getLast())
        .isEqualTo(
            new Failed(ErrorCode.COMMAND_FAILED, "NameError", "told to", List.of("NameError")));
  }

  @Test
  void aContextCanBeFoundListedAndDeletedOnce() {
    CodeContext python = service.create(CodeHarness.PYTHON, Optional.of("$HOME/x"));
    CodeContext bash = service.create(new Language("bash"), Optional.empty());
    assertThat(python.directory()).contains("/root/x");
    assertThat(service.find(python.id())).isEqualTo(python);
    assertThat(service.list(Optional.empty())).containsExactly(python, bash);
    assertThat(service.list(Optional.of(new Language("bash")))).containsExactly(bash);
    service.delete(python.id());
    assertThat(harness.kernels().kernels().getFirst().isClosed()).isTrue();
    assertFails(() -> service.delete(python.id()), Failure.Code.CONTEXT_NOT_FOUND, "was deleted");
    assertFails(() -> service.find(new ContextId("x")), Failure.Code.CONTEXT_NOT_FOUND, "'x'");
    service.deleteAll(new Language("bash"));
    service.deleteAll(new Language("bash"));
    assertThat(service.list(Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sql", "command", "background-command"})
  void whatRunsWithoutContextsHasNone(String name) {
    Language language = new Language(name);
    assertFails(
        () -> service.create(language, Optional.empty()), Failure.Code.INVALID_REQUEST, name);
    assertFails(
        () -> service.list(Optional.of(language)), Failure.Code.INVALID_REQUEST, "language: ");
    assertFails(() -> service.deleteAll(language), Failure.Code.INVALID_REQUEST, "language: ");
  }

  @Test
  void aLanguageHasOneDefaultContextHoweverManyAskAtOnce() throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
      List<Future<List<ExecutionEvent>>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        runs.add(clients.submit(() -> retryWhileBusy(CodeHarness.by("python", "print a"))));
      }
      for (Future<List<ExecutionEvent>> run : runs) {
        assertThat(run.get().getLast()).isInstanceOf(Completed.class);
      }
    }
    assertThat(harness.kernels().kernels()).hasSize(1);
  }

  private List<ExecutionEvent> retryWhileBusy(CodeRequest request) {
    while (true) {
      try {
        return harness.run(request);
      } catch (Failure busy) {
        assertThat(busy.code()).isEqualTo(Failure.Code.BUSY);
      }
    }
  }

  @Test
  void aDefaultContextThatIsGoneIsMadeAnew() {
    harness.run(CodeHarness.by("python", "print a"));
    service.deleteAll(CodeHarness.PYTHON);
    assertThat(harness.run(CodeHarness.by("python", "print a")).getLast())
        .isInstanceOf(Completed.class);
    assertThat(harness.kernels().kernels()).hasSize(2);
  }

  @Test
  void aDefaultContextWhoseServerForgotItIsMadeAnew() {
    harness.run(CodeHarness.by("python", "print a"));
    harness.last().refuse(new Failure(Failure.Code.CONTEXT_NOT_FOUND, "it is gone"));
    assertThat(harness.run(CodeHarness.by("python", "print a")).getLast())
        .isInstanceOf(Completed.class);
    assertThat(harness.kernels().kernels()).hasSize(2);
  }

  @Test
  void aDefaultContextThatCouldNotBeMadeIsTriedAgain() {
    harness.kernels().refuse(new Failure(Failure.Code.NOT_READY, "not yet"));
    assertFails(
        () -> service.run(CodeHarness.by("python", "print a")), Failure.Code.NOT_READY, "not yet");
    harness.kernels().refuse(null);
    assertThat(harness.run(CodeHarness.by("python", "print a"))).isNotEmpty();
  }

  @Test
  void aSecondExecutionIsToldThatTheContextIsBusy() {
    ContextId id = harness.python();
    EventReader first = service.run(CodeHarness.in(id, "sleep"));
    assertFails(
        () -> service.run(CodeHarness.in(id, "print a")), Failure.Code.BUSY, "session is busy");
    harness.last().wake();
    assertThat(CodeHarness.drain(first).getLast()).isInstanceOf(Completed.class);
    assertThat(harness.run(CodeHarness.in(id, "print a")).getLast()).isInstanceOf(Completed.class);
  }

  @Test
  void anInterruptEndsTheCodeWithTheKernelsError() {
    ContextId id = harness.python();
    EventReader reader = service.run(CodeHarness.in(id, "sleep"));
    assertThat(service.interrupt(id)).isTrue();
    Failed end = (Failed) CodeHarness.drain(reader).getLast();
    assertThat(end.code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(end.name()).isEqualTo("KeyboardInterrupt");
    assertThat(service.interrupt(id)).isTrue();
    assertThat(harness.last().interrupts()).isEqualTo(1);
    assertThat(service.interrupt(new ContextId("nobody"))).isFalse();
  }

  @Test
  void aTimeoutInterruptsAndSaysSo() {
    ContextId id = harness.python();
    List<ExecutionEvent> events = harness.run(CodeHarness.in(id, "sleep", Duration.ofMillis(20)));
    assertThat(((Failed) events.getLast()).code()).isEqualTo(ErrorCode.EXECUTION_TIMEOUT);
    assertThat(harness.run(CodeHarness.in(id, "print a")).getLast()).isInstanceOf(Completed.class);
  }

  @Test
  void aTimeoutMayBeAsLongAsANumberCanSay() {
    Duration longest = Duration.ofMillis(Long.MAX_VALUE);
    List<ExecutionEvent> events = harness.run(CodeHarness.in(harness.python(), "print a", longest));
    assertThat(events.getLast()).isInstanceOf(Completed.class);
  }

  @Test
  void codeThatIgnoresItsTimeoutLosesItsStreamAndKeepsItsContextBusy() {
    ContextId id = harness.python();
    List<ExecutionEvent> events = harness.run(CodeHarness.in(id, "ignore", Duration.ofMillis(1)));
    Failed end = (Failed) events.getLast();
    assertThat(end.code()).isEqualTo(ErrorCode.EXECUTION_TIMEOUT);
    assertThat(end.name()).isEqualTo("InterruptIgnored");
    assertFails(() -> service.run(CodeHarness.in(id, "print a")), Failure.Code.BUSY, "busy");
    harness.last().wake();
    assertThat(harness.run(CodeHarness.in(id, "print a")).getLast()).isInstanceOf(Completed.class);
  }

  @Test
  void anInterruptThatDoesNotReachTheKernelIsAFailure() {
    ContextId id = harness.python();
    service.run(CodeHarness.in(id, "sleep"));
    harness.last().refuseInterrupts(new Failure(Failure.Code.NOT_READY, "nobody listens"));
    assertFails(() -> service.interrupt(id), Failure.Code.NOT_READY, "nobody listens");
  }

  @Test
  void aClientThatLeavesInterruptsTheCode() {
    ContextId id = harness.python();
    service.run(CodeHarness.in(id, "sleep")).close();
    assertThat(harness.last().interrupts()).isEqualTo(1);
    assertThat(harness.run(CodeHarness.in(id, "print a")).getLast()).isInstanceOf(Completed.class);
  }

  @Test
  void aKernelThatDiesEndsTheStreamAndMayComeBack() {
    ContextId id = harness.python();
    Failed end = (Failed) harness.run(CodeHarness.in(id, "die")).getLast();
    assertThat(end.code()).isEqualTo(ErrorCode.RUNTIME_ERROR);
    assertThat(end.name()).isEqualTo("KernelDied");
    assertThat(harness.run(CodeHarness.in(id, "print a")).getLast()).isInstanceOf(Completed.class);
  }

  @Test
  void aKernelThatIsGoneForGoodTakesItsContextAlong() {
    ContextId id = harness.python();
    assertThat(harness.run(CodeHarness.in(id, "die for good")).getLast())
        .isInstanceOf(Failed.class);
    assertFails(
        () -> service.run(CodeHarness.in(id, "print a")),
        Failure.Code.CONTEXT_NOT_FOUND,
        "the kernel died");
  }

  @Test
  void aKernelWhoseServerIsGoneIsFoundNoMore() {
    ContextId id = harness.python();
    harness.last().lose("the server ended");
    assertThat(service.list(Optional.empty())).isEmpty();
    assertFails(() -> service.find(id), Failure.Code.CONTEXT_NOT_FOUND, "the server ended");
  }

  @Test
  void anExecutionThatCouldNotBeginIsAFailedRequest() {
    ContextId id = harness.python();
    harness.last().refuse(new Failure(Failure.Code.NOT_READY, "unreachable"));
    assertFails(
        () -> service.run(CodeHarness.in(id, "print a")), Failure.Code.NOT_READY, "unreachable");
    harness.last().refuse(null);
    assertThat(harness.run(CodeHarness.in(id, "print a")).getLast()).isInstanceOf(Completed.class);
    harness.last().refuse(new Failure(Failure.Code.CONTEXT_NOT_FOUND, "it is gone"));
    assertFails(
        () -> service.run(CodeHarness.in(id, "x")), Failure.Code.CONTEXT_NOT_FOUND, "it is gone");
    assertFails(() -> service.find(id), Failure.Code.CONTEXT_NOT_FOUND, "it is gone");
  }

  @Test
  void codeWithoutALanguageIsAShellCommand() {
    List<ExecutionEvent> events = harness.run(CodeHarness.nowhere("echo hi"));
    assertThat(events).anyMatch(event -> event instanceof Output);
    assertThat(harness.run(CodeHarness.by("command", "echo hi")))
        .anyMatch(event -> event instanceof Output);
    assertThat(harness.run(CodeHarness.by("background-command", "sleep")).getLast())
        .isInstanceOf(Completed.class);
    assertThat(harness.kernels().kernels()).isEmpty();
  }

  @Test
  void eachQueryHasAConnectionThatEndsWithIt() {
    assertThat(harness.run(CodeHarness.by("sql", "value 1")).getLast())
        .isInstanceOf(Completed.class);
    assertThat(harness.run(CodeHarness.by("sql", "raise E")).getLast()).isInstanceOf(Failed.class);
    assertThat(harness.databases().kernels()).hasSize(2).allMatch(kernel -> kernel.isClosed());
    assertThat(service.list(Optional.empty())).isEmpty();
  }

  @Test
  void whatIsDeletedWhileItRunsEndsItsStream() {
    ContextId id = harness.python();
    EventReader reader = service.run(CodeHarness.in(id, "ignore"));
    service.delete(id);
    Failed end = (Failed) CodeHarness.drain(reader).getLast();
    assertThat(end.name()).isEqualTo("ContextClosed");
  }

  @Test
  void theEndOfTheServiceEndsStreamsAndKernels() {
    ContextId id = harness.python();
    EventReader reader = service.run(CodeHarness.in(id, "ignore"));
    service.close();
    assertThat(CodeHarness.drain(reader).getLast()).isInstanceOf(Failed.class);
    assertThat(harness.last().isClosed()).isTrue();
    assertFails(harness::python, Failure.Code.NOT_READY, "stopping");
  }

  @Test
  void contextsAreBounded() {
    for (int i = 0; i < CodeLimits.CONTEXTS; i++) {
      harness.python();
    }
    assertFails(harness::python, Failure.Code.RUNTIME_ERROR, "delete one first");
    service.deleteAll(CodeHarness.PYTHON);
    assertThat(harness.python()).isNotNull();
  }

  private static void assertFails(ThrowingCallable action, Failure.Code code, String words) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(words);
  }
}
