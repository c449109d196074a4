package io.execd.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.http.command.ApiServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The preconditions of RFC 9110, section 13, of a file written at 10:13:20. */
class DownloadConditionsTest {
  private static final String DAY = "Tue, 09 Jun 2026 10:13:";

  private ApiServer server;
  private String tag;

  @BeforeEach
  void start() throws Exception {
    server = new ApiServer();
    server.files().file("/a", "0123456789");
    tag = download().headers().firstValue("ETag").orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** TAG is the file's own, 19, 20 and 21 are seconds of its minute. */
  private HttpResponse<String> download(String... headers) throws Exception {
    return request("GET", headers);
  }

  private HttpResponse<String> request(String method, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of("X-A", "b"));
    for (String header : headers) {
      all.add(
          header.replace("TAG", String.valueOf(tag)).replaceFirst("^(\\d\\d)$", DAY + "$1 GMT"));
    }
    return server.send(
        server
            .request("/files/download?path=/a")
            .headers(all.toArray(String[]::new))
            .method(method, BodyPublishers.noBody()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "If-Match|TAG|200",
        "If-Match|*|200",
        "If-Match|\"x\"|412",
        "If-Match|W/TAG|412",
        "If-Match|\"a,b\" , TAG|200",
        "If-Match|,, TAG ,|200",
        "If-Match|x|412",
        "If-None-Match|TAG|304",
        "If-None-Match|W/TAG|304",
        "If-None-Match|*|304",
        "If-None-Match|\"*\"|200",
        "If-None-Match|\"x\", \"y\"|200",
        "If-None-Match|\"a,b\",W/TAG|304",
        "If-Modified-Since|20|304",
        "If-Modified-Since|21|304",
        "If-Modified-Since|19|200",
        "If-Modified-Since|yesterday|200",
        "If-Unmodified-Since|20|200",
        "If-Unmodified-Since|21|200",
        "If-Unmodified-Since|19|412",
        "If-Unmodified-Since|Tuesday, 09-Jun-26 10:13:19 GMT|412",
        "If-Unmodified-Since|Tue Jun  9 10:13:19 2026|412",
        "If-Unmodified-Since|Tue Jun  9 10:13:20 2026|200",
        "If-Unmodified-Since|yesterday|200"
      })
  void each(String header, String value, int status) throws Exception {
    HttpResponse<String> answer = download(header, value);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(request("HEAD", header, value).statusCode()).isEqualTo(status);
    if (status == 412) {
      assertThat(answer.body()).contains("PRECONDITION_FAILED", "/a");
    } else {
      assertThat(answer.headers().firstValue("ETag")).contains(tag);
    }
  }

  @Test
  void thoseWithTagsComeBeforeThoseWithDates() throws Exception {
    assertThat(download("If-Match", "TAG", "If-Unmodified-Since", "19").statusCode())
        .isEqualTo(200);
    assertThat(download("If-None-Match", "\"x\"", "If-Modified-Since", "20").statusCode())
        .isEqualTo(200);
    assertThat(download("If-Match", "\"x\"", "If-None-Match", "TAG").statusCode()).isEqualTo(412);
    assertThat(download("If-Match", "TAG", "If-None-Match", "TAG").statusCode()).isEqualTo(304);
    assertThat(download("If-None-Match", "\"x\"", "If-None-Match", "TAG").statusCode())
        .isEqualTo(304);
  }

  /** It was 206 with bytes of the new file. */
  @Test
  void aRangeOfAnOlderFileIs412() throws Exception {
    assertThat(download("Range", "bytes=2-3", "If-Match", "TAG").body()).isEqualTo("23");
    server.files().file("/a", "abcdefghij");
    HttpResponse<String> answer = download("Range", "bytes=2-3", "If-Match", "TAG");
    assertThat(answer.statusCode()).isEqualTo(412);
    assertThat(download("Range", "bytes=90-", "If-Match", "TAG").statusCode()).isEqualTo(412);
    assertThat(download("Range", "bytes=2-3", "If-Range", "TAG").body()).isEqualTo("abcdefghij");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"TAG|206", "\"x\"|200", "W/TAG|200", "20|206", "19|200", "21|200", "nonsense|200"})
  void ifRange(String value, int status) throws Exception {
    HttpResponse<String> answer = download("Range", "bytes=2-3", "If-Range", value);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(status == 206 ? "23" : "0123456789");
    assertThat(download("If-Range", value).body()).isEqualTo("0123456789");
  }

  @Test
  void headHasNoRanges() throws Exception {
    HttpResponse<String> answer = request("HEAD", "Range", "bytes=2-3");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).contains("10");
    assertThat(request("HEAD", "Range", "bytes=90-").statusCode()).isEqualTo(200);
  }

  @Test
  void linesHaveConditionsToo() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server.request("/files/download?path=/a&limit=1").header("If-Match", "\"x\"").GET());
    assertThat(answer.statusCode()).isEqualTo(412);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void everyFormOfADateIsRead(String date) {
    assertThat(HttpDate.parse(date)).contains(Instant.parse("1994-11-06T08:49:37Z"));
    for (int cut = 0; cut < date.length(); cut++) {
      assertThat(HttpDate.parse(date.substring(0, cut))).isEmpty();
    }
  }
}
