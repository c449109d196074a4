package io.execd.http.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.execd.domain.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartHeaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "multipart/form-data; boundary=abc|boundary|abc",
        "multipart/form-data; boundary=\"a b;c\"|boundary|a b;c",
        "multipart/form-data;BOUNDARY=abc ; x=y|boundary|abc",
        "form-data; name=\"a\\\"b\"|name|a\"b",
        "form-data; name=file; filename*=UTF-8''%e2%82%ac|name|file",
        "form-data; filename=\"; name=x\"; name=\"y\"|name|y",
        "form-data; name=a; name=b|name|a",
        "form-data; name = \"a\" ; x|name|a",
        "multipart/form-data; boundary=a; boundary=b|boundary|a"
      })
  void parametersOfHeaders(String header, String name, String value) {
    assertThat(HeaderParameters.of(header)).containsEntry(name, value);
  }

  /** It was a StringIndexOutOfBoundsException and 500. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "form-data; name=file; filename=\"C:\\dir\\\"",
        "form-data; name=\"",
        "form-data; name=\"file\\",
        "form-data; name=\"file\\\\\\\""
      })
  void aQuotedValueThatDoesNotEndIsRefused(String header) {
    assertThatThrownBy(() -> HeaderParameters.of(header))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.code()).isEqualTo(Failure.Code.INVALID_FILE));
  }

  @Test
  void everyBeginOfAGoodHeaderIsReadOrRefused() {
    String good =
        "Content-Type: text/plain\r\nContent-Disposition: form-data ;\r\n name=\"fi\\\"le\"; filename=\"a\\\\\";"
            + " filename*=UTF-8''%e2%82%ac\r\nContent-Transfer-Encoding: base64";
    for (int cut = 0; cut <= good.length(); cut++) {
      String begin = good.substring(0, cut);
      try {
        assertThat(PartHeader.of(begin).name()).isIn("", "fi\"le");
      } catch (Failure refused) {
        assertThat(refused.code()).isEqualTo(Failure.Code.INVALID_FILE);
      }
    }
    assertThat(PartHeader.of(good))
        .isEqualTo(new PartHeader("fi\"le", PartContent.Encoding.BASE64));
  }

  private static String decoded(String encoding, String content) throws IOException {
    String body =
        "--B\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n--B--".formatted(encoding, content);
    MultipartReader reader =
        new MultipartReader(new ByteArrayInputStream(body.getBytes(ISO_8859_1)), "B");
    PartHeader header = PartHeader.of(String.valueOf(reader.nextPart()));
    PartContent part = new PartContent(reader, header.encoding());
    StringBuilder all = new StringBuilder();
    for (ByteBuffer piece = part.next(); piece.hasRemaining(); piece = part.next()) {
      all.append(ISO_8859_1.decode(piece));
    }
    assertThat(reader.nextPart()).isNull();
    return all.toString();
  }

  @Test
  void contentIsDecoded() throws IOException {
    assertThat(decoded("quoted-printable", "a=3Db=\r\nc=\nd= \t\r\n=C3=a4 \r\n"))
        .isEqualTo("a=bcd\u00c3\u00a4 \r\n");
    assertThat(decoded("Quoted-Printable", "")).isEmpty();
    assertThat(decoded("BASE64", "aGVs\r\nbG8=\r\n")).isEqualTo("hello");
    assertThat(decoded("base64", "")).isEmpty();
    assertThat(decoded("8bit", "a=3D")).isEqualTo("a=3D");
    assertThat(decoded("base64", "eHl6".repeat(100_000))).isEqualTo("xyz".repeat(100_000));
    assertThat(decoded("quoted-printable", "=78yz".repeat(100_000)))
        .isEqualTo("xyz".repeat(100_000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quoted-printable|a=zz",
        "quoted-printable|a=4",
        "quoted-printable|a=b",
        "quoted-printable|a= b",
        "base64|a",
        "base64|aGVsb",
        "uuencode|x"
      })
  void contentThatCannotBeDecodedIsRefused(String encoding, String content) {
    assertThatThrownBy(() -> decoded(encoding, content))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Content-Transfer-Encoding");
  }
}
