package io.execd.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.http.command.ApiServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms as clients write them that nobody told about each other. */
class UploadFormTest {
  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ApiServer();
    server.files().folder("/tmp");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> upload(String body) throws Exception {
    return server.send(
        server
            .request("/files/upload")
            .header("Content-Type", "multipart/form-data; boundary=B")
            .POST(BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1)));
  }

  /** M is metadata for the file of this name, F a file with this content. */
  private static String form(String parts) {
    StringBuilder body = new StringBuilder();
    for (String part : parts.split(" ", -1)) {
      boolean metadata = part.startsWith("M");
      String value = part.substring(1);
      body.append("--B\r\nContent-Disposition: form-data; name=")
          .append(metadata ? "metadata" : "\"file\"; filename*=UTF-8''%e2%82%ac")
          .append("\r\n\r\n")
          .append(metadata ? "{\"path\":\"/u/" + value + "\"}" : value)
          .append("\r\n");
    }
    return body + "--B--\r\n";
  }

  /** A file before its metadata was 400. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ma F1 Mb F2 Mc F3",
        "F1 Ma F2 Mb F3 Mc",
        "Ma Mb Mc F1 F2 F3",
        "F1 F2 F3 Ma Mb Mc",
        "F1 Ma Mb F2 F3 Mc",
        "Ma F1 F2 F3 Mb Mc"
      })
  void partsComeInAnyOrder(String parts) throws Exception {
    HttpResponse<String> answer = upload(form(parts));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(server.files().text("/u/a")).isEqualTo("1");
    assertThat(server.files().text("/u/b")).isEqualTo("2");
    assertThat(server.files().text("/u/c")).isEqualTo("3");
    assertThat(server.files().names("/tmp")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"F1 F2 Ma", "F1 Ma F2", "F1", "Ma F1 F2", "F1 Ma Mb"})
  void filesWithoutMetadataLeaveNothing(String parts) throws Exception {
    HttpResponse<String> answer = upload(form(parts));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(server.files().names("/")).doesNotContain("u");
    assertThat(server.files().names("/tmp")).isEmpty();
  }

  @Test
  void aLargeFileBeforeItsMetadataComesWhole() throws Exception {
    String text = "0123456789".repeat(40_000);
    assertThat(upload(form("F" + text + " Ma")).statusCode()).isEqualTo(200);
    assertThat(server.files().text("/u/a")).isEqualTo(text);
  }

  /** It was 400. */
  @Test
  void aFormWithLfAlone() throws Exception {
    assertThat(upload(form("Ma F1 F2 Mb").replace("\r", "")).statusCode()).isEqualTo(200);
    assertThat(server.files().text("/u/a")).isEqualTo("1");
    assertThat(server.files().text("/u/b")).isEqualTo("2");
  }

  @Test
  void aFileWithoutItsBlankLineIsEmpty() throws Exception {
    String body = form("Ma F").replace("\r\n\r\n\r\n--B--", "\r\n--B--");
    assertThat(upload(body).statusCode()).isEqualTo(200);
    assertThat(server.files().text("/u/a")).isEmpty();
  }

  @Test
  void encodedPartsAreDecoded() throws Exception {
    String body =
        form("MX FaGVsbG8=")
            .replace("\r\n\r\n{", "\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{")
            .replace("/X", "/=61")
            .replace("\r\n\r\naG", "\r\ncontent-transfer-encoding:base64\r\n\r\naG");
    HttpResponse<String> answer = upload(body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(server.files().text("/u/a")).isEqualTo("hello");
  }

  /** It was 500. */
  @Test
  void aHeaderThatDoesNotEndIs400() throws Exception {
    String body = form("Ma Fx").replace("filename*=UTF-8''%e2%82%ac", "filename=\"C:\\dir\\\"");
    HttpResponse<String> answer = upload(body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("INVALID_FILE", "does not end");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 0x1B, 0x7F, 0x85, 0xFF})
  void controlCharactersInNamesAreNo500(int character) throws Exception {
    String odd = "fi" + (char) character + "le";
    assertThat(upload(form("Ma F1").replace("\"file\"", "\"" + odd + "\"")).statusCode())
        .isEqualTo(400);
    assertThat(upload(form("Ma F1").replace("%e2", odd)).statusCode()).isEqualTo(200);
  }
}
