package io.execd.http.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.Failure;
import io.execd.domain.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FileTextFuzzTest {
  private static final String FORM =
      "--B\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhel\r\n--Blo\r\n--B \r\n\r\nx\r\n--B--\r\n";

  @Test
  void partsAreTheSameHoweverTheyArrive() {
    Fuzz.rounds(
        3000,
        fuzz -> {
          byte[] body =
              fuzz.mutant(FORM, "before\r\n--B\r\nA: b\r\n\r\n\r\n--B--").getBytes(ISO_8859_1);
          String whole = parts(new ByteArrayInputStream(body));
          int most = 1 + fuzz.below(20);
          InputStream slow =
              new ByteArrayInputStream(body) {
                @Override
                public synchronized int read(byte[] bytes, int offset, int length) {
                  return super.read(bytes, offset, Math.min(length, most));
                }
              };
          assertThat(parts(slow)).isEqualTo(whole);
        });
  }

  private static String parts(InputStream body) throws IOException {
    StringBuilder all = new StringBuilder();
    try {
      MultipartReader reader = new MultipartReader(body, "B");
      for (String header = reader.nextPart(); header != null; header = reader.nextPart()) {
        all.append('[').append(header).append('|');
        for (ByteBuffer piece = reader.content(); piece.hasRemaining(); piece = reader.content()) {
          all.append(ISO_8859_1.decode(piece));
        }
      }
      return all.toString();
    } catch (Failure refused) {
      return "refused: " + refused.getMessage();
    }
  }

  @Test
  void timesAreThoseOfJava() {
    TimeText text = new TimeText();
    byte[] out = new byte[TimeText.LONGEST];
    Fuzz.rounds(
        50_000,
        fuzz -> {
          long second =
              Math.clamp(fuzz.number(), Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
          Instant time = Instant.ofEpochSecond(second, fuzz.below(1_000_000_000));
          String written = new String(out, 0, text.rfc3339(time, out, 0), ISO_8859_1);
          assertThat(Instant.parse(written)).isEqualTo(time);
        });
  }
}
