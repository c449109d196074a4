package io.execd.os.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LaunchThreadsTest {
  @Test
  void whereNoThreadCanBeHadTheCallerRunsTheTask() throws Exception {
    LaunchThreads threads =
        new LaunchThreads(_ -> {
          throw new OutOfMemoryError("unable to create native thread");
        });
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(callers.submit(() -> threads.call(() -> "done")).get()).isEqualTo("done");
    }
  }

  @Test
  void aVirtualThreadHasItDoneByAnother() throws Exception {
    LaunchThreads threads = new LaunchThreads();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(callers.submit(() -> threads.call(() -> Thread.currentThread().isVirtual())).get())
          .isFalse();
    }
  }
}
