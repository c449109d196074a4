package io.execd.bootstrap.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final List<String> journal = new ArrayList<>();

  private Part part(String name) {
    return part(name, () -> journal.add(name + " starts"), () -> journal.add(name + " stops"));
  }

  private static Part part(String name, Action start, Action stop) {
    return new Part() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void start() throws Exception {
        start.run();
      }

      @Override
      public void stop() throws Exception {
        stop.run();
      }
    };
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void fail() throws Exception {
    throw new java.io.IOException("broken");
  }

  @Test
  void startsInOrderAndStopsInReverse() throws Exception {
    Lifecycle lifecycle = new Lifecycle(List.of(part("a"), part("b")));
    lifecycle.start();
    lifecycle.stop();
    lifecycle.stop();
    assertThat(journal).containsExactly("a starts", "b starts", "b stops", "a stops");
  }

  @Test
  void aPartThatCannotStartStopsThoseBeforeIt() {
    Lifecycle lifecycle =
        new Lifecycle(
            List.of(part("a"), part("b", LifecycleTest::fail, () -> journal.add("no")), part("c")));
    assertThatThrownBy(lifecycle::start).hasMessage("broken");
    assertThat(journal).containsExactly("a starts", "a stops");
  }

  @Test
  void stoppingGoesOnPastAFailure() throws Exception {
    Lifecycle lifecycle =
        new Lifecycle(List.of(part("a"), part("b", () -> {}, LifecycleTest::fail)));
    lifecycle.start();
    lifecycle.stop();
    assertThat(journal).containsExactly("a starts", "a stops");
  }

  @Test
  void aStopDuringTheStartLeavesNothingRunning() throws Exception {
    List<Lifecycle> self = new ArrayList<>();
    Part stopper = part("b", () -> self.getFirst().stop(), () -> journal.add("b stops"));
    Lifecycle lifecycle = new Lifecycle(List.of(part("a"), stopper, part("c")));
    self.add(lifecycle);
    lifecycle.start();
    assertThat(journal).containsExactly("a starts", "a stops", "b stops");
  }
}
