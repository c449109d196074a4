package io.execd.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How long a start takes, from the fork to the first answer. */
final class Starts {
  private static final int ROUNDS = 15;

  private Starts() {}

  static void run(Lab lab) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = lab.options().jar().toString();
    Samples floor = starts(lab, List.of(java, "-Xshare:auto", "-version"));
    Floor bare = Floor.of("java -version", floor);
    Samples execd = starts(lab, List.of(lab.options().execd().toString(), "--port", "%d"));
    lab.report().figure("start of execd to first ping", "ms", execd, Target.atMost(300), bare);
    Samples plain = starts(lab, List.of(java, "-jar", jar, "--port", "%d"));
    lab.report().figure("start of java -jar", "ms", plain, Target.atMost(800), bare);
  }

  private static Samples starts(Lab lab, List<String> command)
      throws IOException, InterruptedException {
    return lab.sample(lab.rounds(ROUNDS), () -> start(lab, command));
  }

  private static double start(Lab lab, List<String> command)
      throws IOException, InterruptedException {
    if (!command.contains("%d")) {
      long begin = System.nanoTime();
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      return (System.nanoTime() - begin) / 1e6;
    }
    try (Daemon daemon = lab.start(command)) {
      return daemon.startMillis();
    }
  }
}
