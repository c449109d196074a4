package io.execd.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.execd.domain.stream.ErrorCode;
import io.execd.domain.stream.ExecutionEvent;
import io.execd.domain.stream.ExecutionEvent.Completed;
import io.execd.domain.stream.ExecutionEvent.Failed;
import io.execd.domain.stream.ExecutionEvent.Gap;
import io.execd.domain.stream.ExecutionEvent.Init;
import io.execd.domain.stream.ExecutionEvent.Output;
import io.execd.domain.stream.OutputSource;
import io.execd.domain.stream.StreamEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventEncoderTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RecordingSink sink = new RecordingSink();
  private EventOutput output = new EventOutput(sink, Framing.BARE);
  private EventEncoder encoder = new EventEncoder(output, new LineBudget(64 << 20));
  private long offset;

  @Test
  void framesEachEventAsABareObjectAndABlankLine() throws Exception {
    event(new Init("id-1"));
    event(new Completed(Duration.ofMillis(12)));
    assertThat(sent())
        .isEqualTo(
            """
            {"type":"init","timestamp":7,"text":"id-1"}

            {"type":"execution_complete","timestamp":7,"execution_time":12}

            """);
  }

  @Test
  void framesForTheStandardOnRequest() throws Exception {
    output = new EventOutput(sink, Framing.STANDARD);
    encoder = new EventEncoder(output, new LineBudget(1 << 20));
    print("ab\ncd\n");
    assertThat(sent())
        .isEqualTo(
            """
            data: {"type":"stdout","timestamp":7,"text":"ab"}
            id: 3

            data: {"type":"stdout","timestamp":7,"text":"cd"}
            id: 6

            """);
  }

  @Test
  void tellsAnErrorWithItsCode() throws Exception {
    event(
        new Failed(
            ErrorCode.COMMAND_FAILED, "CommandExecError", "7", List.of("exit status 7", "x")));
    assertThat(sent())
        .isEqualTo(
            "{\"type\":\"error\",\"timestamp\":7,\"code\":\"COMMAND_FAILED\",\"error\":{\"ename\":"
                + "\"CommandExecError\",\"evalue\":\"7\",\"traceback\":[\"exit status 7\",\"x\"]}}\n\n");
  }

  @Test
  void tellsHowMuchWasLost() throws Exception {
    event(new Gap(99));
    assertThat(sent()).isEqualTo("{\"type\":\"gap\",\"timestamp\":7,\"lost_bytes\":99}\n\n");
  }

  @Test
  void tellsTextOfAKernelAsItIs() throws Exception {
    event(new ExecutionEvent.Text(OutputSource.STDERR, bytes("a\n\nb\u2028")));
    assertThat(sent())
        .isEqualTo("{\"type\":\"stderr\",\"timestamp\":7,\"text\":\"a\\n\\nb\\u2028\"}\n\n");
  }

  @Test
  void tellsStatusAndCount() throws Exception {
    event(new ExecutionEvent.Status("busy"));
    event(new ExecutionEvent.Count(3));
    assertThat(sent())
        .isEqualTo(
            """
            {"type":"status","timestamp":7,"text":"busy"}

            {"type":"execution_count","timestamp":7,"execution_count":3}

            """);
  }

  @Test
  void tellsAResultWithItsTypesAndRenamesPlainText() throws Exception {
    Map<String, byte[]> values = new LinkedHashMap<>();
    values.put("text/plain", bytes("1"));
    values.put("image/png", bytes("AAAA"));
    event(new ExecutionEvent.Result(OptionalInt.of(3), values));
    event(new ExecutionEvent.Result(OptionalInt.empty(), Map.of()));
    assertThat(sent())
        .isEqualTo(
            """
            {"type":"result","timestamp":7,"execution_count":3,"results":{"text":"1","image/png":"AAAA"}}

            {"type":"result","timestamp":7,"results":{}}

            """);
  }

  @Test
  void aLargeResultLeavesWhileItIsMadeAndIsWhole() throws Exception {
    byte[] picture = bytes("é\n".repeat(300_000));
    event(new ExecutionEvent.Result(OptionalInt.empty(), Map.of("text/html", picture)));
    assertThat(
            events().getFirst().at("/results/text~1html").asText().getBytes(StandardCharsets.UTF_8))
        .isEqualTo(picture);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void emptyLinesAreTheTextNewline() throws Exception {
    print("a\n\nb\n\n\nc\n");
    assertThat(texts()).containsExactly("a", "\n", "b", "\n", "\n", "c");
  }

  @Test
  void carriageReturnsEndLinesAndCountOnceBeforeANewline() throws Exception {
    print("a\r\nb\rc\n\rd\r\r\ne");
    end();
    assertThat(texts()).containsExactly("a", "b", "c", "\n", "d", "\n", "e");
  }

  @Test
  void aCarriageReturnAndItsNewlineMayBeCutByAReadBetweenThem() throws Exception {
    print("a\r");
    print("\nb\r");
    print("c\r");
    print("\n\nd\n");
    assertThat(texts()).containsExactly("a", "b", "c", "\n", "d");
  }

  @Test
  void anUnfinishedLastLineIsSentAtTheEnd() throws Exception {
    print("one\ntw");
    print("o");
    assertThat(texts()).containsExactly("one");
    end();
    assertThat(texts()).containsExactly("one", "two");
  }

  @Test
  void stdoutAndStderrHaveLinesOfTheirOwn() throws Exception {
    output(OutputSource.STDOUT, "ou");
    output(OutputSource.STDERR, "err\n");
    output(OutputSource.STDOUT, "t\n");
    assertThat(events())
        .extracting(e -> e.get("type").asText())
        .containsExactly("stderr", "stdout");
    assertThat(texts()).containsExactly("err", "out");
  }

  @Test
  void separatorsThatClientsSplitLinesOnAreEscaped() throws Exception {
    print("a\u2028b\u2029c\u0085d\"\\\t\u0001\u007fé😀\n");
    assertThat(sent()).contains("a\\u2028b\\u2029c\\u0085d\\\"\\\\\\t\\u0001\u007fé😀\"");
    assertThat(texts()).containsExactly("a\u2028b\u2029c\u0085d\"\\\t\u0001\u007fé😀");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7})
  void charactersCutByReadsAreWholeAgain(int size) throws Exception {
    byte[] bytes = "é€😀\u2028x\nß\n".getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += size) {
      output(
          OutputSource.STDOUT,
          Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
    }
    assertThat(texts()).containsExactly("é€😀\u2028x", "ß");
  }

  /** Java's own decoder replaces each maximal invalid part by one U+FFFD too. */
  @Test
  void anyBytesDecodeAsJavaDecodesThem() throws Exception {
    Random random = new Random(42);
    List<String> expected = new ArrayList<>();
    for (int line = 0; line < 3_000; line++) {
      byte[] bytes = randomLine(random);
      expected.add(new String(bytes, StandardCharsets.UTF_8));
      int cut = random.nextInt(bytes.length);
      output(OutputSource.STDOUT, Arrays.copyOf(bytes, cut));
      output(OutputSource.STDOUT, Arrays.copyOfRange(bytes, cut, bytes.length));
      print("\n");
    }
    assertThat(texts()).isEqualTo(expected);
  }

  private static byte[] randomLine(Random random) {
    byte[] interesting = {
      (byte) 0xe2,
      (byte) 0x80,
      (byte) 0xa8,
      (byte) 0xa0,
      (byte) 0xf0,
      (byte) 0x9f,
      (byte) 0xf4,
      (byte) 0x90,
      (byte) 0xc2,
      (byte) 0x85,
      (byte) 0xc0,
      (byte) 0xff,
      'a',
      '"',
      0
    };
    byte[] bytes = new byte[1 + random.nextInt(12)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = interesting[random.nextInt(interesting.length)];
    }
    return bytes;
  }

  /** Java makes one U+FFFD of the three bytes of a surrogate; Unicode recommends one for each. */
  @Test
  void surrogatesAreNoCharacters() throws Exception {
    output(OutputSource.STDOUT, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80, '\n'});
    assertThat(texts()).containsExactly("\uFFFD\uFFFD\uFFFD");
  }

  @Test
  void aCharacterThatNeverEndsIsReplaced() throws Exception {
    output(OutputSource.STDOUT, new byte[] {'a', (byte) 0xe2, (byte) 0x82});
    end();
    assertThat(texts()).containsExactly("a\uFFFD");
  }

  @Test
  void noEventIsLongerThanFourMebibytesAndNothingIsLost() throws Exception {
    String piece = "\u0001é\"x".repeat(5_000);
    for (int i = 0; i < 300; i++) {
      print(piece);
    }
    print("\nnext\n");
    List<String> texts = texts();
    assertThat(texts.size()).isGreaterThan(2);
    assertThat(String.join("", texts.subList(0, texts.size() - 1))).isEqualTo(piece.repeat(300));
    assertThat(texts.getLast()).isEqualTo("next");
    assertThat(
            sent()
                .lines()
                .mapToInt(line -> line.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElseThrow())
        .isLessThanOrEqualTo(LineEncoder.MAX_EVENT_BYTES);
  }

  @Test
  void aLineOfThreeMebibytesIsOneEvent() throws Exception {
    print("y".repeat(3 << 20));
    print("\n");
    assertThat(texts()).containsExactly("y".repeat(3 << 20));
  }

  @Test
  void longLinesAreCutEarlierWhenMemoryIsScarce() throws Exception {
    LineBudget small = new LineBudget(200_000);
    encoder = new EventEncoder(output, small);
    for (int i = 0; i < 10; i++) {
      print("z".repeat(60_000));
    }
    end();
    assertThat(texts().size()).isBetween(2, 4);
    assertThat(String.join("", texts())).isEqualTo("z".repeat(600_000));
    assertThat(small.acquire(200_000)).isTrue();
  }

  @Test
  void unfinishedLinesGoOutOnDemandAndTheirRestFollows() throws Exception {
    print("login: ");
    encoder.sendUnfinishedLines();
    assertThat(texts()).containsExactly("login: ");
    print("\nPassword: ");
    print("x\n\n");
    assertThat(texts()).containsExactly("login: ", "Password: x", "\n");
  }

  private void event(ExecutionEvent event) throws IOException {
    offset += event.weight();
    encoder.encode(new StreamEvent(offset, 7, event));
  }

  private void print(String text) throws IOException {
    output(OutputSource.STDOUT, text);
  }

  private void output(OutputSource source, String text) throws IOException {
    output(source, text.getBytes(StandardCharsets.UTF_8));
  }

  private void output(OutputSource source, byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      event(new Output(source, bytes));
    }
  }

  private void end() throws IOException {
    event(new Completed(Duration.ZERO));
  }

  private String sent() throws IOException {
    output.drain();
    return sink.text();
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : sent().lines().filter(text -> !text.isEmpty()).toList()) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private List<String> texts() throws IOException {
    return events().stream().filter(e -> e.has("text")).map(e -> e.get("text").asText()).toList();
  }
}
