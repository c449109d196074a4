package io.execd.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Errors of the thread that serves all clients reach the handler that ends the process. */
@Isolated("the handler is the process's")
class FatalErrorTest {
  private static final String PATH = "/test/fatal";

  private record Heard(boolean virtual, Throwable thrown) {}

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private Thread.@Nullable UncaughtExceptionHandler before;

  @AutoClose private final TestServer server = new TestServer(null, new OutOfMemory());

  private record OutOfMemory() implements DirectRoute {
    @Override
    public String path() {
      return PATH;
    }

    @Override
    public byte @Nullable [] answer(@Nullable String query) {
      throw new OutOfMemoryError("of a request");
    }

    @Override
    public byte @Nullable [] answerAtOnce(@Nullable String query) {
      if ("selector".equals(query)) {
        throw new OutOfMemoryError("of the selector");
      }
      return null;
    }
  }

  @BeforeEach
  void listen() {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> heard.add(new Heard(thread.isVirtual(), thrown)));
  }

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  @Test
  void anErrorOnTheSelectorThreadIsReportedAsOneOfAPlatformThread() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.send(RawClient.get(PATH + "?selector"));
      Heard first = heard.poll(20, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(first.virtual()).isFalse();
      assertThat(first.thrown()).hasMessage("of the selector");
    }
  }

  @Test
  void anErrorOfOneRequestClosesItsConnectionAndHarmsNoOther() throws IOException {
    try (RawClient other = new RawClient(server.port());
        RawClient client = new RawClient(server.port())) {
      client.send(RawClient.get(PATH));
      assertThat(client.socket().getInputStream().read()).isNegative();
      assertThat(other.send(RawClient.get("/ping")).read().status()).isEqualTo(200);
    }
    assertThat(List.copyOf(heard)).allMatch(Heard::virtual);
  }
}
