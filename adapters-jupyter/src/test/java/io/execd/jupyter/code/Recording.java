package io.execd.jupyter.code;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a real kernel sent through a real Jupyter server for one piece of code, as {@code record.py}
 * has written it down.
 *
 * @param id that of the request, as long as ours are
 * @param frames in the order in which they came
 */
record Recording(String language, boolean binary, String name, String id, List<String> frames) {

  /** All there are. */
  static Stream<Recording> all() {
    return Stream.of("python", "bash", "java")
        .flatMap(language -> Stream.of(true, false).flatMap(binary -> read(language, binary)));
  }

  private static Stream<Recording> read(String language, boolean binary) {
    String file = language + (binary ? "-binary" : "-json") + ".jsonl";
    try (InputStream in = Objects.requireNonNull(Recording.class.getResourceAsStream(file), file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      List<Recording> recordings = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode json = ScriptedJupyter.JSON.readTree(line);
        List<String> frames = new ArrayList<>();
        json.path("frames").forEach(frame -> frames.add(frame.asText()));
        recordings.add(
            new Recording(
                language, binary, json.path("name").asText(), json.path("id").asText(), frames));
      }
      return recordings.stream();
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }

  /** The same with the reply at another place. */
  Recording withReplyAt(int place) {
    List<String> moved = new ArrayList<>(frames);
    String reply = moved.remove(replyIndex());
    moved.add(place, reply);
    return new Recording(language, binary, name + ", reply at " + place, id, moved);
  }

  private int replyIndex() {
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).matches("(?s).*\"msg_type\": ?\"execute_reply\".*")) {
        return i;
      }
    }
    throw new AssertionError("no reply in " + this);
  }

  /** Sends it all as the answer to the request that came last. */
  void replay(ScriptedKernel kernel) throws IOException {
    for (String frame : frames) {
      String answer = frame.replace(id, kernel.parent());
      kernel.frame(
          binary ? 0x82 : 0x81,
          answer.getBytes(binary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    }
  }

  @Override
  public String toString() {
    return language + (binary ? ", binary, " : ", JSON, ") + name;
  }
}
