package io.execd.jupyter.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import io.execd.domain.code.Language;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kernel whose Jupyter server has another root starts in the folder that was asked for. */
@Timeout(60)
class FolderChangeTest {
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final List<String> codes = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private void start(ScriptedJupyter jupyter) {
    new JupyterKernels(
            new ConfiguredServer(Optional.of(jupyter.address()), ""), timer, Duration.ofMillis(5))
        .start(new Language("python"), Optional.of("/usr"))
        .close();
  }

  @Test
  void theFirstThingThatAKernelDoesIsToGoThere() throws IOException {
    try (ScriptedJupyter jupyter =
        new ScriptedJupyter(
            true,
            (code, kernel) -> {
              codes.add(code);
              kernel.run();
            })) {
      start(jupyter);
    }
    assertThat(codes).containsExactly("__import__('os').chdir(\"/usr\")");
  }

  @Test
  void aKernelThatCannotGoThereIsRefusedAndEnded() throws IOException {
    try (ScriptedJupyter jupyter =
        new ScriptedJupyter(
            true,
            (code, kernel) -> {
              kernel.send(
                  "execute_reply", "{\"status\":\"error\",\"ename\":\"E\",\"evalue\":\"v\"}");
              kernel.send("status", "{\"execution_state\":\"idle\"}");
            })) {
      assertThatThrownBy(() -> start(jupyter))
          .isInstanceOf(Failure.class)
          .hasMessage("cwd: /usr: the kernel cannot go there: E: v");
      assertThat(jupyter.requests()).contains("DELETE /api/sessions/s1");
    }
  }

  @Test
  void namesAreQuotedAsTheLanguageDoes() {
    assertThat(statement("bash", "/a b'c\\")).contains("cd -- '/a b'\\''c\\'");
    assertThat(statement("python", "/a\"b\\\n"))
        .contains("__import__('os').chdir(\"/a\\\"b\\\\\\n\")");
    assertThat(statement("typescript", "/a")).contains("process.chdir(\"/a\")");
    assertThat(statement("java", "/a")).isEmpty();
  }

  private static Optional<String> statement(String language, String directory) {
    return FolderChange.statement(new Language(language), directory);
  }
}
