package io.execd.domain.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a file of ten bytes. */
class ByteRangesTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 0-3",
    "bytes=4-, 4-9",
    "bytes=-3, 7-9",
    "bytes=-30, 0-9",
    "bytes=5-99, 5-9",
    "' bytes= 1 - 2 ', 1-2",
    "'bytes=0-1,3-4', 0-1 3-4",
    "'bytes=3-4,0-0', 3-4 0-0",
    "'bytes=0-1,40-50', 0-1",
    "'bytes=0-1,', 0-1",
    "'bytes=, ,3-4,,', 3-4",
    "'bytes=0-1,-0', 0-1",
    "BYTES=0-1, 0-1",
    "bytes=5-99999999999999999999999, 5-9",
    "bytes=00000000000000000000000005-6, 5-6",
    "bytes=-99999999999999999999999, 0-9",
    "'bytes=0-9,0-9', ''",
    "items=0-1, ''"
  })
  void are(String header, String ranges) {
    assertThat(
            ByteRanges.of(header, 10).stream()
                .map(range -> range.first() + "-" + range.last())
                .collect(Collectors.joining(" ")))
        .isEqualTo(ranges);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=10-",
        "bytes=-0",
        "bytes=a-b",
        "bytes=",
        "bytes=3-1",
        "bytes=--1",
        "bytes=,",
        "bytes=-",
        "bytes=99999999999999999999999-",
        "bytes=0-1,x",
        "bytes=5"
      })
  void cannotBeHad(String header) {
    assertThatThrownBy(() -> ByteRanges.of(header, 10))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.code()).isEqualTo(Failure.Code.RANGE_NOT_SATISFIABLE));
    assertThatThrownBy(() -> ByteRanges.of("bytes=0-", 0)).isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 3-1/9",
        "bytes 0-9/9",
        "bytes 0-9/*",
        "bytes 0-1/99999999999999999999",
        "bytes",
        "bytes 0",
        "bytes 0-",
        "bytes 0-1",
        "bytes 0-1/",
        "0-1/2",
        "bytes=0-1/2",
        ""
      })
  void aChunkMustBeInOrder(String header) {
    assertThatThrownBy(() -> UploadChunk.of(header)).hasMessageContaining("Content-Range");
  }

  @ParameterizedTest
  @CsvSource({"bytes 0-3/10, 4, false", "bytes 4-9/10, 6, true", "bytes 0-0/1, 1, true"})
  void aChunk(String header, long length, boolean last) {
    assertThat(UploadChunk.of(header).length()).isEqualTo(length);
    assertThat(UploadChunk.of(header).isLast()).isEqualTo(last);
  }
}
