package io.execd.bootstrap.bench;

import io.execd.bootstrap.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Code in Python, beside a raw client of the same Jupyter server. */
final class CodeRuns {
  private static final int COUNT = 200;
  private static final int CONTEXTS = 5;
  private static final int IDLE_CONTEXTS = 50;
  private static final int ROUNDS = 5;
  private static final long BYTES = 100_000_000;
  private static final String FLOOD =
      "import sys\nfor i in range(100): sys.stdout.write('x' * 999999 + chr(10))";
  private static final String LANGUAGE = "{\"language\":\"python\"}";

  private CodeRuns() {}

  /** A Jupyter server, and a daemon in front of it. */
  private record Setup(Daemon jupyter, Daemon daemon) implements AutoCloseable {
    static Setup start(Lab lab, Path venv) throws IOException {
      Map<String, String> token = Map.of("JUPYTER_TOKEN", "bench");
      Daemon jupyter =
          Daemon.listening(
              List.of(
                  venv.resolve("bin/jupyter-server").toString(),
                  "--ServerApp.ip=127.0.0.1",
                  "--ServerApp.port=%d",
                  "--ServerApp.allow_root=True",
                  "--ServerApp.open_browser=False",
                  "--ZMQChannelsWebsocketConnection.iopub_msg_rate_limit=1e9",
                  "--ZMQChannelsWebsocketConnection.iopub_data_rate_limit=1e12"),
              token,
              lab.folder().resolve("jupyter-log"));
      try {
        String url = "http://127.0.0.1:" + jupyter.address().getPort();
        return new Setup(
            jupyter,
            lab.start(
                List.of(
                    lab.options().execd().toString(),
                    "--port",
                    "%d",
                    "--jupyter-host=" + url,
                    "--jupyter-token=bench")));
      } catch (IOException failed) {
        jupyter.close();
        throw failed;
      }
    }

    int port() {
      return jupyter.address().getPort();
    }

    @Override
    public void close() {
      daemon.close();
      jupyter.close();
    }
  }

  static void run(Lab lab) throws IOException, InterruptedException {
    Path venv = Kernels.venv();
    if (!Files.isExecutable(venv.resolve("bin/jupyter-server"))) {
      lab.report().absent("code", "needs bootstrap/kernels");
      return;
    }
    try (Setup setup = Setup.start(lab, venv)) {
      try (HttpConnection client = setup.daemon().connect();
          RawKernel raw = new RawKernel(setup.port())) {
        warmPrint(lab, client, raw);
        flood(lab, setup, client, raw);
      }
      newContext(lab, setup);
      idleContexts(lab, setup);
    }
  }

  private static void warmPrint(Lab lab, HttpConnection client, RawKernel raw)
      throws IOException, InterruptedException {
    List<Double> floor = new ArrayList<>();
    Samples samples =
        lab.sample(
            lab.rounds(COUNT),
            () -> {
              floor.add(millis(() -> raw.run("print(1)")));
              return millis(() -> client.code("print(1)").readToEnd());
            });
    lab.report()
        .figure("print(1) in Python, to end of body", "ms", samples, Target.atMost(9), raw(floor));
  }

  private static void flood(Lab lab, Setup setup, HttpConnection client, RawKernel raw)
      throws IOException, InterruptedException {
    List<Double> floor = new ArrayList<>();
    double before = resident(setup);
    Samples rates =
        lab.sample(
            ROUNDS,
            () -> {
              floor.add(BYTES / 1e3 / millis(() -> atLeast(raw.run(FLOOD))));
              return BYTES / 1e3 / millis(() -> atLeast(client.code(FLOOD).readToEnd()));
            });
    double least = Samples.of(floor).median() * 0.8;
    lab.report().figure("100 MB out of Python", "MB/s", rates, Target.atLeast(least), raw(floor));
    Samples growth = new Samples(resident(setup) - before);
    lab.report().figure("its RSS growth", "MB", growth, Target.none(), Floor.none());
  }

  private static void newContext(Lab lab, Setup setup) throws IOException, InterruptedException {
    List<Double> floor = new ArrayList<>();
    Samples samples =
        lab.sample(
            CONTEXTS,
            () -> {
              long begin = System.nanoTime();
              try (RawKernel _ = new RawKernel(setup.port())) {
                floor.add((System.nanoTime() - begin) / 1e6);
              }
              return millis(() -> context(setup));
            });
    lab.report()
        .figure(
            "a context more, until its kernel answers", "ms", samples, Target.none(), raw(floor));
  }

  private static void idleContexts(Lab lab, Setup setup) throws IOException, InterruptedException {
    int count = lab.rounds(IDLE_CONTEXTS);
    double memory = settled(setup);
    int threads = setup.daemon().figures().orElseThrow().threads();
    for (int i = 0; i < count; i++) {
      context(setup);
    }
    Samples growth = new Samples(Math.max(0, settled(setup) - memory));
    int more = setup.daemon().figures().orElseThrow().threads() - threads;
    lab.report().figure(count + " idle contexts", "MB", growth, Target.atMost(5), Floor.none());
    lab.report()
        .figure(
            "their threads", "", new Samples(Math.max(0, more)), Target.atMost(2), Floor.none());
  }

  /** After a moment, so that what was freed is given back. */
  private static double settled(Setup setup) throws IOException, InterruptedException {
    Thread.sleep(3000);
    return resident(setup);
  }

  private static double resident(Setup setup) throws IOException {
    return setup.daemon().figures().orElseThrow().residentMegabytes();
  }

  private static void context(Setup setup) throws IOException {
    try (HttpConnection client = setup.daemon().connect()) {
      client.post("/code/context", LANGUAGE);
    }
  }

  private static Floor raw(List<Double> floor) {
    return Floor.of("raw WebSocket", Samples.of(floor));
  }

  /** Something that takes time. */
  private interface Work {
    void run() throws IOException;
  }

  private static double millis(Work work) throws IOException {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void atLeast(long bytes) throws IOException {
    if (bytes < BYTES) {
      throw new IOException("output was lost: %d bytes came".formatted(bytes));
    }
  }
}
