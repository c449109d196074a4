package io.execd.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.execd.http.command.ApiServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileResourceTest {
  private static final String PAIR =
      """
      --B\r
      Content-Disposition: form-data; name="metadata"\r
      \r
      %s\r
      --B\r
      Content-Disposition: form-data; name=file; filename=x\r
      \r
      %s\r
      """;

  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ApiServer();
    server.files().file("/w/a.txt", "0123456789").file("/w/sub/b.py", "one\ntwo\nthree\n");
    server.files().link("/w/link", "/w/a.txt").device("/dev/null").folder("/w/empty");
    server.files().folder("/tmp").folder("/root");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void check(HttpResponse<String> answer, int status, String... words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(List.of(words)).allSatisfy(word -> assertThat(answer.body()).contains(word));
  }

  private HttpResponse<String> upload(String body) throws Exception {
    return upload("multipart/form-data; boundary=B", body);
  }

  private HttpResponse<String> upload(String type, String body) throws Exception {
    return server.send(
        server
            .request("/files/upload")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> download(String query, String... headers) throws Exception {
    return server.send(server.request("/files/download?" + query).headers(headers).GET());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void infoIsUnderThePathAsSent() throws Exception {
    check(
        server.get("/files/info?path=/w/../w/a.txt&path=$HOME/../w/link"),
        200,
        "{\"/w/../w/a.txt\":{\"path\":\"/w/a.txt\",\"type\":\"file\",\"size\":10,",
        "\"$HOME/../w/link\":{\"path\":\"/w/link\",\"type\":\"symlink\"",
        "\"owner\":\"root\",\"group\":\"root\",\"mode\":644}",
        "\"created_at\":\"2026-06-09T10:13:20.125Z\"");
    check(server.get("/files/info"), 200, "{}");
    check(server.get("/files/info?path=/w/a.txt&path=/no"), 404, "FILE_NOT_FOUND", "/no");
    check(server.get("/files/info?path=$NOPE"), 400, "INVALID_REQUEST_BODY", "NOPE");
    check(server.get("/files/info?path="), 400, "empty");
    check(server.get("/files/info?path=/a%00b"), 400, "NUL");
    check(server.get("/files/info?path=/" + "x".repeat(300)), 400, "ENAMETOOLONG");
  }

  @Test
  void filesAreRemovedAndFoldersAreNot() throws Exception {
    check(server.delete("/files?path=/w/link&path=/w/nothing"), 200);
    assertThat(server.files().names("/w")).containsExactly("a.txt", "empty", "sub");
    check(server.delete("/files?path=/w/sub"), 500, "RUNTIME_ERROR", "directory");
    check(server.delete("/directories?path=/w/sub&path=/w/nothing"), 200);
    assertThat(server.files().names("/w")).containsExactly("a.txt", "empty");
    check(server.delete("/directories?path=/"), 400);
  }

  @Test
  void permissionsChange() throws Exception {
    check(server.post("/files/permissions", "{\"/w/a.txt\":{\"mode\":600,\"owner\":\"jo\"}}"), 200);
    check(server.get("/files/info?path=/w/a.txt"), 200, "\"mode\":600", "\"owner\":\"jo\"");
    check(server.post("/files/permissions", "{\"/w/a.txt\":{\"mode\":0,\"group\":null}}"), 200);
    check(server.get("/files/info?path=/w/a.txt"), 200, "\"mode\":600", "\"group\":\"root\"");
    check(
        server.post("/files/permissions", "{\"/w/a.txt\":{\"owner\":\"nobody-x\"}}"),
        400,
        "/w/a.txt");
    check(server.post("/files/permissions", "{\"/w/a.txt\":{\"mode\":689}}"), 400, "mode");
    check(server.post("/files/permissions", "{\"/no\":{\"mode\":600}}"), 404);
  }

  @Test
  void movesInOrderUpToTheFirstFailure() throws Exception {
    check(server.post("/files/mv", "[{\"src\":\"/w/a.txt\",\"dest\":\"/n/m/c\"}]"), 200);
    assertThat(server.files().text("/n/m/c")).isEqualTo("0123456789");
    check(server.post("/files/mv", "[{\"src\":\"/no\",\"dest\":\"/x/y\"}]"), 404, "/no");
    assertThat(server.files().names("/")).doesNotContain("x");
    check(
        server.post(
            "/files/mv",
            "[{\"src\":\"/w/link\",\"dest\":\"/w/l2\"},{\"src\":\"/w/l2\",\"dest\":\"/w/sub\"}]"),
        409,
        "CONFLICT",
        "/w/sub");
    assertThat(server.files().names("/w")).containsExactly("empty", "l2", "sub");
    check(server.post("/files/mv", "[{\"src\":\"/w/l2\"}]"), 400, "dest");
  }

  @ParameterizedTest
  @CsvSource({
    "'', a.txt b.py link",
    "*.py, b.py",
    "sub/*, b.py",
    "**/*.py, b.py",
    "nothing, ''",
    "'{a,b}.*', a.txt b.py"
  })
  void searches(String pattern, String names) throws Exception {
    String body = server.get("/files/search?path=/w&pattern=" + encode(pattern)).body();
    assertThat(body).startsWith("[").endsWith("]");
    for (String name : new String[] {"a.txt", "b.py", "link"}) {
      assertThat(body.contains("/" + name + "\"")).as(name).isEqualTo(names.contains(name));
    }
    assertThat(body).doesNotContain("directory");
  }

  @Test
  void aSearchThatCannotBe() throws Exception {
    check(server.get("/files/search?path=/no"), 404, "FILE_NOT_FOUND");
    check(server.get("/files/search"), 400, "MISSING_QUERY");
    check(server.get("/files/search?path=/w&pattern=" + encode("[a")), 400, "pattern");
    check(server.get("/files/search?path=/w&limit=0"), 400, "limit");
    server.files().lock("/w/sub");
    check(server.get("/files/search?path=/w"), 200, "a.txt");
  }

  @Test
  void listsInOrderAndToADepth() throws Exception {
    String deep = server.get("/directories/list?path=/w&depth=2").body();
    assertThat(deep.replaceAll("\\{\"path\":\"([^\"]*)\"[^}]*\\}", "$1"))
        .isEqualTo("[/w/a.txt,/w/empty,/w/link,/w/sub,/w/sub/b.py]");
    assertThat(server.get("/directories/list?path=/w").body()).doesNotContain("b.py");
    check(server.get("/directories/list?path=/w&depth=0"), 200, "[]");
    check(server.get("/directories/list?path=/w&depth=-1"), 400, "depth");
    check(server.get("/directories/list?path=/w&depth=x"), 400, "depth");
    check(server.get("/directories/list?path=/w/a.txt"), 400, "no directory");
    check(server.get("/directories/list?path=/w/link"), 400, "no directory");
    check(server.get("/directories/list?path=/no"), 404);
    check(server.get("/directories/list"), 400, "MISSING_QUERY");
  }

  @Test
  void aLimitSaysWhetherItCut() throws Exception {
    HttpResponse<String> cut = server.get("/directories/list?path=/w&limit=2");
    assertThat(cut.headers().firstValue("EXECD-RESULT-CUT")).contains("true");
    assertThat(cut.body()).contains("a.txt", "empty").doesNotContain("link");
    HttpResponse<String> whole = server.get("/directories/list?path=/w&limit=4");
    assertThat(whole.headers().firstValue("EXECD-RESULT-CUT")).contains("false");
    assertThat(server.get("/directories/list?path=/w").headers().firstValue("EXECD-RESULT-CUT"))
        .isEmpty();
  }

  @Test
  void replacesText() throws Exception {
    String body = "{\"/w/sub/b.py\":{\"old\":\"e\\n\",\"new\":\"\"}}";
    check(server.post("/files/replace?verbose=true", body), 200, "\"replacedCount\":2");
    assertThat(server.files().text("/w/sub/b.py")).isEqualTo("ontwo\nthre");
    check(server.post("/files/replace", body), 200, "{}");
    check(server.post("/files/replace?verbose=", "{\"/w/a.txt\":{\"old\":\"9\"}}"), 200, "{}");
    assertThat(server.files().text("/w/a.txt")).isEqualTo("012345678");
    server.files().file("/w/a.txt", "0123456789");
    check(server.post("/files/replace", "{\"/no\":{\"old\":\"a\",\"new\":\"b\"}}"), 404);
    check(
        server.post(
            "/files/replace",
            "{\"/w/a.txt\":{\"old\":\"0\",\"new\":\"b\"},\"/w/sub/b.py\":{\"old\":\"\",\"new\":\"\"}}"),
        400,
        "old");
    assertThat(server.files().text("/w/a.txt")).isEqualTo("0123456789");
  }

  @Test
  void uploadsPairsInOrderOrMetadataFirst() throws Exception {
    String pairs =
        PAIR.formatted("{\"path\":\"/u/a\"}", "AAA")
            + PAIR.formatted("{\"path\":\"/u/b\",\"mode\":600}", "");
    check(upload(pairs + "--B--"), 200);
    assertThat(server.files().text("/u/a")).isEqualTo("AAA");
    assertThat(server.files().text("/u/b")).isEmpty();
    String part = "--B\r\nContent-Disposition: form-data; name=%s\r\n\r\n%s\r\n";
    check(
        upload(
            part.formatted("metadata", "{\"path\":\"/u/c\"}")
                + part.formatted("metadata", "{\"path\":\"/u/d\"}")
                + part.formatted("unknown", "x")
                + part.formatted("file", "CCC")
                + part.formatted("file", "DDD")
                + "--B--"),
        200);
    assertThat(server.files().text("/u/d")).isEqualTo("DDD");
    assertThat(server.files().names("/u")).containsExactly("a", "b", "c", "d");
  }

  /** M is a part with metadata, F one with a file, END the last boundary. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "END|INVALID_FILE",
        "M{\"path\":\"/u/a\"};END|INVALID_FILE_CONTENT",
        "Fx;END|INVALID_FILE_METADATA",
        "Mno json;Fx;END|INVALID_FILE_METADATA",
        "M{\"path\":\"\"};Fx;END|INVALID_FILE_METADATA",
        "M{};Fx;END|INVALID_FILE_METADATA",
        "Mnull;Fx;END|INVALID_FILE_METADATA",
        "M{\"path\":\"/u/a\",\"mode\":9};Fx;END|INVALID_FILE_METADATA",
        "M{\"path\":\"/u/a\"};Fx;Fy;END|INVALID_FILE",
        "M{\"path\":\"/u/a\"};M{\"path\":\"/u/b\"};Fx;END|INVALID_FILE",
        "M{\"path\":\"/u/a\"};Fx|INVALID_FILE_CONTENT",
        "M{\"path\":\"/u/a\",\"owner\":\"nobody-x\"};Fx;END|INVALID_REQUEST_BODY",
        "M{\"path\":\"$NOPE\"};Fx;END|INVALID_REQUEST_BODY"
      })
  void badUploadsAreRefusedAndLeaveNothing(String parts, String code) throws Exception {
    StringBuilder body = new StringBuilder();
    for (String part : parts.split(";", -1)) {
      String name = part.startsWith("M") ? "metadata" : "file";
      body.append(
          part.equals("END")
              ? "--B--"
              : "--B\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                  .formatted(name, part.substring(1)));
    }
    check(upload(body.toString()), 400, "\"code\":\"" + code + "\"");
    assertThat(server.files().names("/")).doesNotContain("u");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=other",
        "multipart/form-data; boundary=\"B"
      })
  void boundariesThatAreNone(String type) throws Exception {
    String body = PAIR.formatted("{\"path\":\"/u/a\"}", "x") + "--B--";
    check(upload(type, body), 400, "code", "message");
    assertThat(server.files().names("/")).doesNotContain("u");
  }

  @Test
  void anUploadReplacesAFileAndNeverADirectory() throws Exception {
    check(upload(PAIR.formatted("{\"path\":\"/w/link\"}", "NEW") + "--B--"), 200);
    assertThat(server.files().text("/w/a.txt")).isEqualTo("NEW");
    check(server.get("/files/info?path=/w/link"), 200, "symlink");
    check(
        upload(PAIR.formatted("{\"path\":\"/w/sub\"}", "NEW") + "--B--"),
        400,
        "INVALID_FILE",
        "/w/sub: cannot write it: it is a directory");
    check(upload(PAIR.formatted("{\"path\":\"~\"}", "NEW") + "--B--"), 400, "INVALID_FILE");
    check(upload(PAIR.formatted("{\"path\":\"/\"}", "NEW") + "--B--"), 400, "INVALID_FILE");
    check(upload(PAIR.formatted("{\"path\":\"/w/a.txt/x\"}", "N") + "--B--"), 409, "CONFLICT");
    server.files().setFull(true);
    check(
        upload(PAIR.formatted("{\"path\":\"/w/a.txt\"}", "MORE") + "--B--"),
        507,
        "NO_SPACE",
        "/w/a.txt");
    assertThat(server.files().text("/w/a.txt")).isEqualTo("NEW");
    assertThat(server.files().names("/w")).containsExactly("a.txt", "empty", "link", "sub");
  }

  @Test
  void ofSeveralItemsThoseBeforeTheFailureAppear() throws Exception {
    String pairs =
        PAIR.formatted("{\"path\":\"/u/a\"}", "A")
            + PAIR.formatted("{\"path\":\"/w/sub\"}", "B")
            + PAIR.formatted("{\"path\":\"/u/c\"}", "C");
    check(upload(pairs + "--B--"), 400, "/w/sub");
    assertThat(server.files().names("/u")).containsExactly("a");
  }

  @Test
  void downloadsWithAllHeaders() throws Exception {
    HttpResponse<String> answer = download("path=/w/a.txt", "X-A", "b");
    check(answer, 200, "0123456789");
    assertThat(answer.headers().firstValue("Content-Length")).contains("10");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(answer.headers().firstValue("Accept-Ranges")).contains("bytes");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"a.txt\"");
    assertThat(answer.headers().firstValue("Last-Modified"))
        .contains("Tue, 09 Jun 2026 10:13:20 GMT");
    String tag = answer.headers().firstValue("ETag").orElseThrow();
    assertThat(download("path=/w/a.txt", "If-None-Match", "\"x\", " + tag).statusCode())
        .isEqualTo(304);
    assertThat(download("path=/w/a.txt", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(
            download("path=/w/a.txt", "If-Modified-Since", "Tue, 09 Jun 2026 10:13:20 GMT")
                .statusCode())
        .isEqualTo(304);
    assertThat(
            download("path=/w/a.txt", "If-Modified-Since", "Tue, 09 Jun 2026 10:13:19 GMT")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void rangesOfADownload() throws Exception {
    HttpResponse<String> one = download("path=/w/a.txt", "Range", "bytes=2-4");
    check(one, 206);
    assertThat(one.body()).isEqualTo("234");
    assertThat(one.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
    assertThat(download("path=/w/a.txt", "Range", "bytes=-3").body()).isEqualTo("789");
    assertThat(download("path=/w/a.txt", "Range", "bytes=8-").body()).isEqualTo("89");
    HttpResponse<String> two = download("path=/w/a.txt", "Range", "bytes=0-1,8-9");
    check(
        two,
        206,
        "Content-Range: bytes 0-1/10\r\n\r\n01\r\n",
        "Content-Range: bytes 8-9/10\r\n\r\n89\r\n");
    assertThat(two.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("multipart/byteranges; boundary=");
    HttpResponse<String> none = download("path=/w/a.txt", "Range", "bytes=10-");
    check(none, 416, "UNKNOWN", "message");
    assertThat(none.headers().firstValue("Content-Range")).contains("bytes */10");
  }

  @Test
  void headHasTheHeadersOnly() throws Exception {
    HttpResponse<String> answer =
        server.send(
            server
                .request("/files/download?path=/w/a.txt")
                .method("HEAD", BodyPublishers.noBody()));
    check(answer, 200);
    assertThat(answer.headers().firstValue("Content-Length")).contains("10");
  }

  @Test
  void linesOfADownload() throws Exception {
    assertThat(download("path=/w/sub/b.py&offset=2", "X-A", "b").body()).isEqualTo("two\nthree\n");
    assertThat(download("path=/w/sub/b.py&offset=2&limit=1", "X-A", "b").body()).isEqualTo("two\n");
    assertThat(download("path=/w/sub/b.py&limit=0", "X-A", "b").body()).isEmpty();
    HttpResponse<String> beyond = download("path=/w/sub/b.py&offset=9", "X-A", "b");
    check(beyond, 200);
    assertThat(beyond.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    check(download("path=/w/a.txt&offset=0", "X-A", "b"), 400, "offset");
    check(download("path=/w/a.txt&limit=-1", "X-A", "b"), 400, "limit");
    check(download("path=/w/a.txt&limit=1", "Range", "bytes=0-1"), 400, "Range");
  }

  @Test
  void whatIsNoFileIsNoDownload() throws Exception {
    check(download("path=/w", "X-A", "b"), 400, "INVALID_FILE", "directory");
    check(download("path=/dev/null", "X-A", "b"), 400, "INVALID_FILE", "device");
    check(download("path=/no", "X-A", "b"), 404, "FILE_NOT_FOUND");
    check(download("x=y", "X-A", "b"), 400, "MISSING_QUERY");
  }

  @Test
  void namesInDispositions() {
    assertThat(Disposition.attachment("a\"\\.txt"))
        .isEqualTo("attachment; filename=\"a\\\"\\\\.txt\"");
    assertThat(Disposition.attachment("\u00e2\u0082\u00ac x\n"))
        .isEqualTo("attachment; filename=\"_ x_\"; filename*=UTF-8''%E2%82%AC%20x%0A");
  }

  @Test
  void contentIsPutWholeOrInChunks() throws Exception {
    String path = "/files/content?path=/p/f";
    check(put(path, "bytes 0-2/6", "abc"), 200);
    assertThat(server.files().names("/p")).hasSize(1).doesNotContain("f");
    check(put(path, "bytes 2-5/6", "cdef"), 409, "CONFLICT", "3 bytes were received");
    check(put(path, "bytes 3-5/6", "de"), 400, "INVALID_FILE_CONTENT", "shorter");
    check(put(path, "bytes 5-5/6", "fg"), 400, "INVALID_FILE_CONTENT", "longer");
    HttpResponse<String> last = put(path, "bytes 5-5/6", "f");
    check(last, 200);
    assertThat(last.headers().firstValue("Upload-Offset")).contains("6");
    assertThat(server.files().text("/p/f")).isEqualTo("abcdef");
    check(put(path, "bytes 0-0/6", "x"), 200);
    check(
        server.send(
            server.request(path + "&mode=600&owner=jo").PUT(BodyPublishers.ofString("whole"))),
        200);
    assertThat(server.files().names("/p")).containsExactly("f");
    assertThat(server.files().text("/p/f")).isEqualTo("whole");
    check(server.get("/files/info?path=/p/f"), 200, "\"mode\":600", "\"owner\":\"jo\"");
    check(put(path, "bytes 1-0/6", "x"), 400, "Content-Range");
  }

  private HttpResponse<String> put(String path, String range, String body) throws Exception {
    return server.send(
        server.request(path).header("Content-Range", range).PUT(BodyPublishers.ofString(body)));
  }

  @Test
  void foldersAreMadeLikeMkdir() throws Exception {
    check(
        server.post(
            "/directories",
            "{\"/m/n\":{\"mode\":700,\"owner\":\"jo\"},\"/w\":{\"mode\":700},\"/z\":null}"),
        200);
    check(server.get("/files/info?path=/z"), 200, "directory");
    check(server.post("/files/permissions", "{\"/z\":null}"), 200);
    check(server.post("/files/permissions", "{\"/zz\":null}"), 404);
    check(server.get("/files/info?path=/m/n"), 200, "\"mode\":700", "\"owner\":\"jo\"");
    check(server.get("/files/info?path=/w"), 200, "\"mode\":755");
    check(server.post("/directories", "{\"/w/a.txt/x\":{}}"), 409, "CONFLICT");
    check(server.post("/directories", "{\"/q\":{\"owner\":\"nobody-x\"}}"), 400);
    assertThat(server.files().names("/")).doesNotContain("q");
  }

  @Test
  void otherUsersAreAskedForOrRefused() throws Exception {
    check(server.get("/v1/filesystem/1000/1001/files/info?path=/w/a.txt"), 200, "/w/a.txt");
    assertThat(server.files().identities().getLast().uid()).isEqualTo(1000);
    assertThat(server.files().identities().getLast().gid()).isEqualTo(1001);
    check(server.get("/v1/filesystem/4294967295/0/files/info?path=/w"), 400, "uid");
    server.files().forbidSwitching();
    check(server.get("/v1/filesystem/1/1/files/info?path=/w"), 501, "NOT_SUPPORTED");
    check(server.get("/v1/filesystem/1/1/files/download?path=/w/a.txt"), 501, "NOT_SUPPORTED");
  }
}
