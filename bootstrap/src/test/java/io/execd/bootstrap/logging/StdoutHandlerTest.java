package io.execd.bootstrap.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class StdoutHandlerTest {
  private static final Formatter BARE =
      new Formatter() {
        @Override
        public String format(LogRecord record) {
          return record.getMessage() + "\n";
        }
      };

  private static void say(StdoutHandler handler, String message) {
    handler.publish(new LogRecord(Level.INFO, message));
  }

  @Test
  void aRecordIsWrittenWhenPublishReturns() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    say(new StdoutHandler(BARE, out), "one");
    assertEquals("one\n", out.toString(UTF_8));
  }

  @Test
  void noneIsLostTornOrOutOfItsThreadsOrder() throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StdoutHandler handler = new StdoutHandler(BARE, out);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = "t" + i;
      threads.add(Thread.startVirtualThread(() -> sayMany(handler, name)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    handler.flush();
    Map<String, Integer> next = new HashMap<>();
    for (String line : out.toString(UTF_8).lines().toList()) {
      String[] words = line.split(" ", -1);
      assertEquals(next.merge(words[0], 1, Integer::sum) - 1, Integer.parseInt(words[1]));
    }
    assertEquals(8 * 5000, next.values().stream().mapToInt(Integer::intValue).sum());
  }

  private static void sayMany(StdoutHandler handler, String name) {
    for (int i = 0; i < 5000; i++) {
      say(handler, name + " " + i);
    }
  }

  @Test
  void whatComesWhileAnotherWritesIsThereAfterAFlush() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    StdoutHandler handler = new StdoutHandler(BARE, slow(written, begun, goOn));
    Thread writer = Thread.startVirtualThread(() -> say(handler, "first"));
    begun.await();
    say(handler, "second");
    assertEquals("", written.toString(UTF_8));
    goOn.countDown();
    handler.flush();
    assertEquals("first\nsecond\n", written.toString(UTF_8));
    writer.join();
  }

  private static OutputStream slow(
      ByteArrayOutputStream target, CountDownLatch begun, CountDownLatch goOn) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        target.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        begun.countDown();
        try {
          goOn.await();
        } catch (InterruptedException stop) {
          Thread.currentThread().interrupt();
        }
        target.write(bytes, offset, length);
      }
    };
  }
}
