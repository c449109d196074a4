package io.execd.bootstrap.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is not read does not stop the work. */
class QueuedHandlerTest {
  private static final Formatter BARE =
      new Formatter() {
        @Override
        public String format(LogRecord record) {
          return record.getMessage() + "\n";
        }
      };

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static void say(QueuedHandler handler, String message) {
    handler.publish(new LogRecord(Level.INFO, message));
  }

  @Test
  void aRecordIsWrittenAfterAFlush() {
    QueuedHandler handler = new QueuedHandler(BARE, out);
    say(handler, "one");
    handler.flush();
    assertThat(out.toString(UTF_8)).isEqualTo("one\n");
  }

  @Test
  void noneIsTornOrOutOfItsThreadsOrder() throws InterruptedException {
    QueuedHandler handler = new QueuedHandler(BARE, out);
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(i -> Thread.startVirtualThread(() -> sayMany(handler, "t" + i)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    handler.flush();
    Map<String, Integer> next = new HashMap<>();
    for (String line : out.toString(UTF_8).lines().toList()) {
      String[] words = line.split(" ", -1);
      assertThat(next.merge(words[0], 1, Integer::sum)).isEqualTo(Integer.parseInt(words[1]) + 1);
    }
    assertThat(next.values()).hasSize(8).containsOnly(400);
  }

  private static void sayMany(QueuedHandler handler, String name) {
    for (int i = 0; i < 400; i++) {
      say(handler, name + " " + i);
    }
  }

  @Test
  void whatALogWithoutReaderDropsIsCountedWhenItFlowsAgain() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    QueuedHandler handler = new QueuedHandler(BARE, blocking(begun, goOn));
    say(handler, "first");
    begun.await();
    for (int i = 0; i < QueuedHandler.MOST_RECORDS + 7; i++) {
      say(handler, "x");
    }
    goOn.countDown();
    handler.flush();
    assertThat(out.toString(UTF_8).lines())
        .hasSize(QueuedHandler.MOST_RECORDS + 2)
        .endsWith("log lines dropped, not read in time: 7");
  }

  @Test
  void aFifoWithoutReaderDoesNotKeepTheDaemonFromStarting(@TempDir Path folder) throws Exception {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    try (RotatingFile file = new RotatingFile(fifo, 10, 2)) {
      file.write("a line\n".getBytes(UTF_8));
    }
    assertThat(Files.exists(folder.resolve("fifo.1"))).isFalse();
  }

  private OutputStream blocking(CountDownLatch begun, CountDownLatch goOn) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        out.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        begun.countDown();
        try {
          goOn.await();
        } catch (InterruptedException stop) {
          throw new IOException(stop);
        }
        out.write(bytes, offset, length);
      }
    };
  }
}
