package io.execd.jupyter.code;

import io.execd.domain.code.KernelEnd;
import io.execd.domain.code.KernelObserver;
import io.execd.domain.stream.ExecutionEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Keeps what it hears, one line for each event. */
final class RecordingKernelObserver implements KernelObserver {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<KernelEnd> end = new CompletableFuture<>();
  private final CompletableFuture<Void> asked = new CompletableFuture<>();
  private volatile int room = 1 << 20;

  /** How much it has room for from now on. */
  RecordingKernelObserver withRoom(int bytes) {
    room = bytes;
    return this;
  }

  @Override
  public int room() {
    int now = room;
    if (now == 0) {
      asked.complete(null);
    }
    return now;
  }

  /** Waits until it has said that it has no room. */
  void awaitRefusal() throws ExecutionException, InterruptedException, TimeoutException {
    asked.get(30, TimeUnit.SECONDS);
  }

  @Override
  public void event(ExecutionEvent event) {
    lines.add(
        switch (event) {
          case ExecutionEvent.Text(var source, byte[] utf8) -> source + " " + text(utf8);
          case ExecutionEvent.Status(String state) -> "status " + state;
          case ExecutionEvent.Count(int number) -> "count " + number;
          case ExecutionEvent.Result(var count, var values) -> {
            StringBuilder line = new StringBuilder("result");
            count.ifPresent(number -> line.append(' ').append(number));
            values.forEach(
                (type, value) -> line.append(' ').append(type).append('=').append(text(value)));
            yield line.toString();
          }
          default -> "unexpected " + event;
        });
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public void ended(KernelEnd how) {
    if (!end.complete(how)) {
      lines.add("ended twice");
    }
  }

  List<String> lines() {
    return lines;
  }

  boolean isOver() {
    return end.isDone();
  }

  /** Waits for the end. */
  KernelEnd end() throws ExecutionException, InterruptedException, TimeoutException {
    return end.get(30, TimeUnit.SECONDS);
  }
}
