package io.execd.domain.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.domain.Failure;
import io.execd.domain.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileParsersFuzzTest {
  /** A pattern, and a regular expression with its meaning. */
  private record Pair(StringBuilder glob, StringBuilder regex) {
    void add(String globPart, String regexPart) {
      if (!(globPart.startsWith("*") && glob.toString().endsWith("*"))) {
        glob.append(globPart);
        regex.append(regexPart);
      }
    }
  }

  private static void fill(Pair pair, Fuzz fuzz, int depth) {
    for (int i = fuzz.below(5); i > 0; i--) {
      switch (fuzz.below(depth > 2 ? 7 : 8)) {
        case 0 -> pair.add("*", "[^/]*");
        case 1 -> pair.add("?", "[^/]");
        case 2 -> pair.add("[ab]", "[ab]");
        case 3 -> pair.add("[^a-b]", "[^/ab]");
        case 4 -> pair.add("/", "/");
        case 5 -> pair.add("\\*", "\\*");
        case 6 -> pair.add("é", "é");
        default -> group(pair, fuzz, depth);
      }
    }
  }

  private static void group(Pair pair, Fuzz fuzz, int depth) {
    pair.add("{", "(?:");
    fill(pair, fuzz, depth + 1);
    pair.add(",", "|");
    fill(pair, fuzz, depth + 1);
    pair.add("}", ")");
  }

  @Test
  void globsMatchWhatARegularExpressionMatches() {
    Fuzz.rounds(
        4000,
        fuzz -> {
          Pair pair = new Pair(new StringBuilder(), new StringBuilder());
          if (fuzz.below(4) == 0) {
            pair.add("**/", "(?:.*/)?");
          }
          fill(pair, fuzz, 0);
          Glob glob = Glob.of(pair.glob().toString());
          for (int i = 0; i < 20; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = fuzz.below(7); length > 0; length--) {
              // A pattern without a slash is for names, which have none.
              name.append("abc*é/".charAt(fuzz.below(glob.isForPath() ? 6 : 5)));
            }
            assertThat(glob.matches(Octets.of("name", name.toString())))
                .as("%s matches %s", pair.glob(), name)
                .isEqualTo(isMatch(pair, name.toString()));
          }
        });
  }

  private static boolean isMatch(Pair pair, String name) {
    boolean everything = pair.glob().toString().equals("*");
    return everything || name.matches("(?s)" + pair.regex());
  }

  @Test
  void globsAreRefusedOrMatchInTheEnd() {
    Fuzz.rounds(
        4000,
        fuzz -> {
          String pattern =
              fuzz.mutant("*.{tar,gz}", "**/[a-z!]?/\\*", "{a,{b,c}}*", "[^]]", "{,}{,}");
          try {
            Glob.of(pattern).matches("a/b/c".repeat(fuzz.below(9)));
          } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo(Failure.Code.INVALID_REQUEST);
          }
        });
  }

  @Test
  void rangesLieInTheFileAndAreNotLongerTogether() {
    Fuzz.rounds(
        20_000,
        fuzz -> {
          long size = Math.abs(fuzz.number() >> 4);
          try {
            List<ByteRange> ranges =
                ByteRanges.of(fuzz.mutant("bytes=0-1", "bytes=5-", "bytes=-3,1-2 , 9-9"), size);
            long total = 0;
            for (ByteRange range : ranges) {
              assertThat(range.first()).isBetween(0L, range.last());
              assertThat(range.last()).isLessThan(size);
              total += range.length();
            }
            assertThat(total).isBetween(0L, size);
          } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo(Failure.Code.RANGE_NOT_SATISFIABLE);
          }
        });
  }

  @Test
  void rangesHoldTheBytesThatTheirTextNames() {
    Fuzz.rounds(
        10_000,
        fuzz -> {
          int size = 1 + fuzz.below(30);
          int first = fuzz.below(size);
          int more = fuzz.below(40);
          int last = Math.min(size - 1, first + more);
          assertThat(ByteRanges.of("bytes=" + first + "-" + (first + more), size))
              .containsExactly(new ByteRange(first, last));
          assertThat(ByteRanges.of("bytes=" + first + "-", size))
              .containsExactly(new ByteRange(first, size - 1));
          assertThat(ByteRanges.of("bytes=-" + (more + 1), size))
              .containsExactly(new ByteRange(Math.max(0, size - more - 1), size - 1));
        });
  }

  @Test
  void chunksOfUploadsAreInOrderOrRefused() {
    Fuzz.rounds(
        10_000,
        fuzz -> {
          try {
            UploadChunk chunk =
                UploadChunk.of(fuzz.mutant("bytes 0-9/10", "bytes 10-19/4000000000"));
            assertThat(chunk.first()).isBetween(0L, chunk.last());
            assertThat(chunk.last()).isLessThan(chunk.totalBytes());
          } catch (Failure refused) {
            assertThat(refused).hasMessageContaining("Content-Range");
          }
        });
  }
}
