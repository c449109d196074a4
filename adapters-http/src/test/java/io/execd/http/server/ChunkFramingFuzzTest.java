package io.execd.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.Fuzz;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.memory.ByteBufferManager;
import org.junit.jupiter.api.Test;

/** What is read must not depend on how the bytes arrive. */
class ChunkFramingFuzzTest {
  private static final ByteBufferManager MEMORY = new ByteBufferManager();

  @Test
  void chunksAreTheSameHoweverTheyArrive() {
    Fuzz.rounds(
        10_000,
        fuzz -> {
          byte[] body =
              fuzz.mutant(
                      "5\r\nhello\r\n0\r\n\r\n",
                      "1;a=b\r\nx\r\n00A\r\n0123456789\r\n0\r\nA: b\r\n\r\n")
                  .getBytes(ISO_8859_1);
          String whole = chunks(body, List.of(body.length));
          assertThat(chunks(body, fuzz.pieces(body.length))).isEqualTo(whole);
        });
  }

  private static String chunks(byte[] body, List<Integer> pieces) {
    ChunkFraming framing = new ChunkFraming();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int at = 0;
    int end = 0;
    for (int piece : pieces) {
      end += piece;
      while (at < end && !framing.isOver()) {
        int length = (int) Math.min(framing.remaining(), end - at);
        if (length == 0) {
          framing.take(body[at++]);
        } else {
          data.write(body, at, length);
          framing.took(length);
          at += length;
        }
      }
    }
    return data.toString(ISO_8859_1) + framing.isOver() + framing.isBroken() + at;
  }

  @Test
  void headsAreTheSameHoweverTheyArrive() {
    Fuzz.rounds(
        10_000,
        fuzz -> {
          byte[] head =
              fuzz.mutant(
                      "GET /ping HTTP/1.1\r\nHost: x\r\nA:\tb c\r\n\r\n",
                      "\r\nPOST /a%20b?c=d HTTP/1.0\nContent-Length: 2\n\n{}")
                  .getBytes(ISO_8859_1);
          assertThat(head(head, fuzz.pieces(head.length)))
              .isEqualTo(head(head, List.of(head.length)));
        });
  }

  private static String head(byte[] head, List<Integer> pieces) {
    HeadScan scan = new HeadScan();
    int end = 0;
    try {
      for (int piece : pieces) {
        end += piece;
        Buffer bytes = MEMORY.wrap(head, 0, end);
        if (scan.isWhole(bytes)) {
          return "whole after " + scan.emptyBytes();
        }
      }
      return "unfinished";
    } catch (BadHeadException refused) {
      return "refused: " + refused.getMessage();
    }
  }
}
