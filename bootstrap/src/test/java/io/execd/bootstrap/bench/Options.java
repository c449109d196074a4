package io.execd.bootstrap.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of the benchmarks.
 *
 * @param values by option; {@code --quick} has an empty one
 * @param names the benchmarks asked for; empty for all
 */
record Options(Map<String, String> values, List<String> names) {
  static final String USAGE =
      """
      Usage: bootstrap/bench [--quick] [--url URL [--pid PID]] [--execd FILE] [--jar FILE] [NAME]...

        --quick       fewer rounds
        --url URL     measure a daemon that runs already, such as http://127.0.0.1:44772
        --pid PID     the process of that daemon, for its memory, threads and processor time
        --execd FILE  another executable [bootstrap/target/execd]
        --jar FILE    another jar [bootstrap/target/execd.jar]
        NAME          only these benchmarks; the names are:
      """;

  private static final List<String> WITH_VALUE = List.of("--url", "--pid", "--execd", "--jar");

  static Options parse(String... words) {
    Map<String, String> values = new HashMap<>();
    List<String> names = new ArrayList<>();
    Deque<String> left = new ArrayDeque<>(List.of(words));
    while (!left.isEmpty()) {
      String word = left.remove();
      if (WITH_VALUE.contains(word) && !left.isEmpty()) {
        values.put(word, left.remove());
      } else if (word.equals("--quick")) {
        values.put(word, "");
      } else if (word.startsWith("-")) {
        throw new IllegalArgumentException("no such option, or its value is missing: " + word);
      } else {
        names.add(word);
      }
    }
    return new Options(values, names);
  }

  boolean quick() {
    return values.containsKey("--quick");
  }

  Optional<InetSocketAddress> address() {
    return Optional.ofNullable(values.get("--url"))
        .map(URI::create)
        .map(url -> new InetSocketAddress(url.getHost(), url.getPort()));
  }

  Optional<ProcessFigures> figures() {
    return Optional.ofNullable(values.get("--pid")).map(Long::parseLong).map(ProcessFigures::new);
  }

  Path execd() {
    return Path.of(values.getOrDefault("--execd", "bootstrap/target/execd")).toAbsolutePath();
  }

  Path jar() {
    return Path.of(values.getOrDefault("--jar", "bootstrap/target/execd.jar")).toAbsolutePath();
  }
}
