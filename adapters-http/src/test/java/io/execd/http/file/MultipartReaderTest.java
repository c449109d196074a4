package io.execd.http.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {
  /** Gives so many bytes at once. */
  private static final class Slow extends InputStream {
    private final InputStream source;
    private final int step;

    Slow(String text, int step) {
      this.source = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
      this.step = step;
    }

    @Override
    public int read() throws IOException {
      return source.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return source.read(bytes, offset, Math.min(length, step));
    }
  }

  /** Header and content of each part. */
  private static List<String> parts(String body, String boundary, int step) throws IOException {
    MultipartReader reader = new MultipartReader(new Slow(body, step), boundary);
    List<String> parts = new ArrayList<>();
    for (String header = reader.nextPart(); header != null; header = reader.nextPart()) {
      StringBuilder content = new StringBuilder();
      for (ByteBuffer piece = reader.content(); piece.hasRemaining(); piece = reader.content()) {
        content.append(ISO_8859_1.decode(piece));
      }
      parts.add(header + "|" + content);
    }
    return parts;
  }

  private static List<String> parts(String body) throws IOException {
    List<String> whole = parts(body, "B", 1 << 20);
    for (int step = 1; step < 9; step++) {
      assertThat(parts(body, "B", step)).isEqualTo(whole);
    }
    return whole;
  }

  @Test
  void partsWithHeadersAndContent() throws IOException {
    assertThat(parts("--B\r\nA: 1\r\nC: 2\r\n\r\nhello\r\n--B\r\nD: 3\r\n\r\n\r\n--B--\r\n"))
        .containsExactly("A: 1\r\nC: 2|hello", "D: 3|");
  }

  @Test
  void withoutHeadersWithPreambleEpilogueAndPadding() throws IOException {
    assertThat(parts("before\r\n--B \t\r\n\r\nx\r\n--B--after")).containsExactly("|x");
    assertThat(parts("\r\n--B\r\n\r\nx\r\n--B--")).containsExactly("|x");
    assertThat(parts("--B--\r\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n--",
        "\r\n--Bx\r\n",
        "\r\n--b",
        "\r\r\n--",
        "--Bx",
        "\r\n-",
        "\r\n--B:",
        "\n--B"
      })
  void whatOnlyLooksLikeABoundaryIsContent(String content) throws IOException {
    String body = "--B\r\nA: 1\r\n\r\n" + content + "\r\n--B--\r\n";
    assertThat(parts(body)).containsExactly("A: 1|" + content);
  }

  @Test
  void linesMayEndInLfAlone() throws IOException {
    assertThat(parts("--B\nA: 1\nC: 2\n\nhello\r\n--B \nD: 3\n\n\n--B--\n"))
        .containsExactly("A: 1\nC: 2|hello\r", "D: 3|");
    assertThat(parts("before\n--B\r\nA: 1\n\na\n--B\n\r\n--B--")).containsExactly("A: 1|a\n--B\n");
  }

  @Test
  void anEmptyPartMayLackItsBlankLine() throws IOException {
    assertThat(parts("--B\r\nA: 1\r\n\r\n--B\r\nC: 2\r\n--B\r\n--B\r\n\r\n\r\n--B--"))
        .containsExactly("A: 1|", "C: 2|", "|", "|");
    assertThat(parts("--B\nA: 1\n--B--\n")).containsExactly("A: 1|");
  }

  @Test
  void largeContentComesWhole() throws IOException {
    StringBuilder content = new StringBuilder();
    Random random = new Random(3);
    for (int i = 0; i < 300_000; i++) {
      content.append("\r\n-Bx".charAt(random.nextInt(5)));
    }
    String text = content.toString().replace("\r\n--B", "");
    String body = "--BxB\r\n\r\n" + text + "\r\n--BxB--";
    for (int step : new int[] {7, 1000, 65_536, 1 << 20}) {
      assertThat(parts(body, "BxB", step)).containsExactly("|" + text);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--B\r\nA: 1\r\n\r\nhello\r\n--B--",
        "--B\nA: 1\n\nhello\n--B--",
        "--B\r\nA: 1\r\n--B--"
      })
  void cutAnywhereItIsRefused(String body) {
    for (int cut = 0; cut < body.length(); cut++) {
      String start = body.substring(0, cut);
      assertThatThrownBy(() -> parts(start)).isInstanceOf(Failure.class);
    }
  }

  @Test
  void aHeaderHasABound() {
    String body = "--B\r\nA: " + "x".repeat(1 << 20) + "\r\n\r\nhello\r\n--B--";
    assertThatThrownBy(() -> parts(body, "B", 1 << 16)).hasMessageContaining("header");
  }
}
