package io.execd.jupyter.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.code.Kernel;
import io.execd.domain.code.KernelEnd;
import io.execd.domain.code.Language;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real kernels have sent, in the order in which they did and in others. */
@Timeout(60)
class RecordedKernelTest {
  /** What comes out and how it ends, by language and name; status and count do not count here. */
  private static final Map<String, List<String>> EXPECTED =
      Map.ofEntries(
          Map.entry("python result", List.of("STDOUT é😀\n", "result text/plain=42", "Finished")),
          Map.entry("python error", List.of("Raised ZeroDivisionError: division by zero")),
          Map.entry("python both", List.of("STDOUT out\n", "STDERR err\n", "Finished")),
          Map.entry(
              "python display",
              List.of("result text/plain={'a': 1}", "result text/plain='second'", "Finished")),
          Map.entry(
              "python picture",
              List.of(
                  "result image/png=iVBORw0K text/plain=<IPython.core.display.Image object>",
                  "Finished")),
          Map.entry(
              "python input",
              List.of(
                  "Raised StdinNotImplementedError: raw_input was called, but this frontend does not support input requests.")),
          Map.entry("python interrupt", List.of("STDOUT asleep\n", "Raised KeyboardInterrupt: ")),
          Map.entry("python death", List.of("Died false")),
          Map.entry("bash result", List.of("STDOUT hi 5\n", "STDOUT no\n", "Finished")),
          Map.entry("bash error", List.of("Raised Error: 1")),
          Map.entry("java result", List.of("result text/plain=42", "Finished")),
          Map.entry(
              "java error",
              List.of("Raised RuntimeException: java.lang.IllegalStateException, no")));

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  static Stream<Recording> recordings() {
    return Recording.all();
  }

  /** A reply may come at any time: it goes another way through Jupyter than output does. */
  static Stream<Recording> wheel() {
    return Recording.all()
        .filter(recording -> !recording.name().equals("death"))
        .flatMap(recording ->
            IntStream.range(0, recording.frames().size()).mapToObj(recording::withReplyAt));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void asItCame(Recording recording) throws Exception {
    assertThat(run(recording)).isEqualTo(expected(recording));
  }

  @ParameterizedTest
  @MethodSource("wheel")
  void withItsReplyAtAnyPlace(Recording recording) throws Exception {
    assertThat(run(recording)).isEqualTo(expected(recording));
  }

  private static List<String> expected(Recording recording) {
    String name = recording.language() + " " + recording.name().replaceAll(",.*", "");
    return EXPECTED.getOrDefault(name, List.of());
  }

  private List<String> run(Recording recording) throws Exception {
    RecordingKernelObserver observer = new RecordingKernelObserver();
    try (ScriptedJupyter jupyter =
            new ScriptedJupyter(recording.binary(), (_, kernel) -> recording.replay(kernel));
        Kernel kernel = kernel(jupyter)) {
      kernel.execute("x", observer);
      KernelEnd end = observer.end();
      Stream<String> output =
          observer.lines().stream()
              .filter(line -> !line.matches("(?s)(status|count) .*"))
              .map(line -> line.replaceFirst("^result \\d+", "result"))
              .map(line -> line.replaceFirst("(image/png=.{8})\\S*", "$1"));
      return Stream.concat(output, Stream.of(text(end))).toList();
    }
  }

  private Kernel kernel(ScriptedJupyter jupyter) {
    ConfiguredServer server = new ConfiguredServer(Optional.of(jupyter.address()), "");
    return new JupyterKernels(server, timer, Duration.ofMillis(5))
        .start(new Language("python"), Optional.empty());
  }

  private static String text(KernelEnd end) {
    return switch (end) {
      case KernelEnd.Finished _ -> "Finished";
      case KernelEnd.Raised(String name, String value, var _) -> "Raised " + name + ": " + value;
      case KernelEnd.Lost(String reason) -> "Lost " + reason;
      case KernelEnd.Died(String _, boolean gone) -> "Died " + gone;
    };
  }
}
