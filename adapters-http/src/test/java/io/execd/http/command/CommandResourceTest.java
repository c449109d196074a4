package io.execd.http.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.execd.domain.command.ExitStatus.Exited;
import io.execd.domain.command.ExitStatus.Signaled;
import io.execd.domain.command.FakeProcess;
import io.execd.domain.command.Program;
import io.execd.domain.stream.OutputSource;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandResourceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ApiServer api;

  @BeforeEach
  void start() throws Exception {
    api = new ApiServer();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aForegroundCommandIsAnEventStream() throws Exception {
    HttpResponse<String> answer = api.post("/command", "{\"command\":\"echo hi; exit 7\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map())
        .containsEntry("content-type", List.of("text/event-stream"))
        .containsEntry("cache-control", List.of("no-cache"))
        .containsEntry("x-accel-buffering", List.of("no"));
    assertThat(types(answer)).containsExactly("init", "ping", "stdout", "error");
  }

  @Test
  void standardFramingIsAQueryAway() throws Exception {
    String body = api.post("/command?sse=standard", "{\"command\":\"echo hi\"}").body();
    assertThat(body).startsWith("data: {\"type\":\"init\"").contains("\nid: 3\n\n");
  }

  @Test
  void everyFieldReachesTheLauncher() throws Exception {
    api.post(
        "/command",
        """
        {"argv":["echo","a b"],"cwd":"~/w","uid":5,"gid":6,"envs":{"K":"v","N":null},"timeout":60000,
         "background":null,"more":1}\
        """);
    FakeProcess process = api.launcher().last();
    assertThat(process.spec().program()).isEqualTo(new Program.Argv(List.of("echo", "a b")));
    assertThat(process.spec().directory()).contains("/w");
    assertThat(process.spec().identity().orElseThrow().gid()).isEqualTo(6);
    assertThat(process.spec().environment()).containsAllEntriesOf(Map.of("K", "v"));
  }

  @Test
  void aBackgroundCommandHasStatusAndLogs() throws Exception {
    String id = startInBackground();
    api.launcher().last().emit(OutputSource.STDOUT, "one\n");
    HttpResponse<String> log = api.get("/command/" + id + "/logs?cursor=0");
    assertThat(log.body()).isEqualTo("one\n");
    assertThat(log.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
    assertThat(log.headers().firstValue("EXECD-COMMANDS-TAIL-CURSOR")).contains("4");
    HttpResponse<String> end = api.get("/command/" + id + "/logs?cursor=4");
    assertThat(end.headers().firstValue("content-length")).contains("0");
    assertThat(end.headers().firstValue("EXECD-COMMANDS-TAIL-CURSOR")).contains("4");
  }

  @Test
  void aLargeLogArrivesWhole() throws Exception {
    String id = startInBackground();
    String log = "0123456789abcdef".repeat(1 << 16);
    api.launcher().last().emit(OutputSource.STDOUT, log);
    assertThat(api.get("/command/" + id + "/logs").body()).isEqualTo(log);
  }

  @Test
  void aStatusLeavesOutWhatItDoesNotKnow() throws Exception {
    String id = startInBackground();
    JsonNode running = JSON.readTree(api.get("/command/status/" + id).body());
    assertThat(running.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("id", "content", "running", "started_at");
    api.launcher().last().exit(new Exited(3));
    JsonNode over = JSON.readTree(api.get("/command/status/" + id).body());
    assertThat(over.get("exit_code").asInt()).isEqualTo(3);
    assertThat(over.get("error").asText()).isEqualTo("exit status 3");
    assertThat(over.get("running").asBoolean()).isFalse();
    assertThat(over.has("finished_at")).isTrue();
  }

  @Test
  void aStatusNamesTheSignal() throws Exception {
    String id = startInBackground();
    api.launcher().last().exit(new Signaled(9, false, true));
    JsonNode over = JSON.readTree(api.get("/command/status/" + id).body());
    assertThat(over.get("exit_code").asInt()).isEqualTo(-1);
    assertThat(over.get("signal").asText()).isEqualTo("SIGKILL");
    assertThat(over.get("oom_killed").asBoolean()).isTrue();
    assertThat(over.has("timed_out")).isFalse();
  }

  @Test
  void anInterruptAnswersWithoutABody() throws Exception {
    String id = startInBackground();
    HttpResponse<String> answer = api.delete("/command?id=" + id);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-length")).contains("0");
    assertThat(api.delete("/command?id=" + id).statusCode()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                   | command: is required and must be a string
          {"command":null}                     | command: is required and must be a string
          {"command":""}                       | command: must not be empty
          {"command":7}                        | command: must be a string
          {"command":"a\\u0000b"}              | command: must not contain a NUL character
          {"command":"x","argv":["y"]}         | argv: cannot be given together with command
          {"argv":[]}                          | argv: the first word must be there and not empty
          {"argv":[""]}                        | argv: the first word must be there and not empty
          {"argv":["a",null]}                  | argv[1]: is required and must be a string
          {"command":"x","timeout":-1}         | timeout: must not be negative, but is -1
          {"command":"x","timeout":1.5}        | timeout: must be a whole number
          {"command":"x","timeout":"1"}        | timeout: must be a whole number
          {"command":"x","gid":1}              | gid: cannot be given without uid
          {"command":"x","uid":-1}             | uid: must be between 0 and 4294967294
          {"command":"x","uid":1,"gid":4294967295} | gid: must be between 0 and 4294967294
          {"command":"x","envs":{"A=":"b"}}    | envs: the variable 'A=' needs a name without '=', and no NUL character
          {"command":"x","envs":[]}            | envs: must be an object
          {"command":"x","cwd":"$NOPE/a"}      | cwd: the variable NOPE is not defined
          {"command":"x","cwd":"/a\\u0000b"}  | cwd: must not contain a NUL character
          {"command":"x","cwd":"/nowhere"}     | cwd: /nowhere: no such file or directory
          {"command":"x"                       | request body: cut off before its JSON ends
          null                                 | request body: must not be null
          ''                                   | request body: must not be empty
          []                                   | request body: must be an object
          """)
  void aBadRequestNamesTheField(String body, String message) throws Exception {
    HttpResponse<String> answer = api.post("/command", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = JSON.readTree(answer.body());
    assertThat(error.get("code").asText()).isEqualTo("INVALID_REQUEST_BODY");
    assertThat(error.get("message").asText()).isEqualTo(message);
    assertThat(api.launcher().processes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /command/status/none        | 404 | INVALID_REQUEST_BODY
          GET    | /command/none/logs          | 404 | INVALID_REQUEST_BODY
          GET    | /command/none/logs?cursor=x | 400 | INVALID_REQUEST_BODY
          GET    | /command/none/logs?cursor=-1| 400 | INVALID_REQUEST_BODY
          DELETE | /command                    | 400 | MISSING_QUERY
          DELETE | /command?id=                | 400 | MISSING_QUERY
          DELETE | /command?id=none            | 500 | RUNTIME_ERROR
          """)
  void aBadQueryHasItsOwnAnswer(String method, String path, int status, String code)
      throws Exception {
    HttpResponse<String> answer = method.equals("GET") ? api.get(path) : api.delete(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).get("code").asText()).isEqualTo(code);
    assertThat(JSON.readTree(answer.body()).get("message").asText()).isNotEmpty();
  }

  @Test
  void theLogOfAForegroundCommandIsABadRequest() throws Exception {
    String id = id(api.post("/command", "{\"command\":\"echo x\"}"));
    assertThat(api.get("/command/" + id + "/logs").statusCode()).isEqualTo(400);
  }

  private String startInBackground() throws Exception {
    return id(api.post("/command", "{\"command\":\"sleep\",\"background\":true}"));
  }

  private static String id(HttpResponse<String> stream) throws Exception {
    return events(stream).getFirst().get("text").asText();
  }

  private static List<String> types(HttpResponse<String> stream) throws Exception {
    return events(stream).stream().map(event -> event.get("type").asText()).toList();
  }

  private static List<JsonNode> events(HttpResponse<String> stream) throws Exception {
    List<JsonNode> events = new ArrayList<>();
    for (String line : stream.body().lines().filter(text -> !text.isEmpty()).toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }
}
