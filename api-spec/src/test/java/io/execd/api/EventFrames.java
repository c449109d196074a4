package io.execd.api;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The events of a stream, taken out of their framing. */
final class EventFrames {
  private static final Pattern BARE = Pattern.compile("(\\{[^\n]*})");
  private static final Pattern STANDARD = Pattern.compile("data: (\\{[^\n]*})\nid: \\d+");

  private EventFrames() {}

  /** The JSON of each event; what is framed otherwise comes out whole, and fits no schema. */
  static Stream<String> of(String body, boolean standard) {
    if (!body.endsWith("\n\n")) {
      return Stream.of("an unfinished event: " + body);
    }
    Pattern frame = standard ? STANDARD : BARE;
    return Arrays.stream(body.split("\n\n")).map(it -> event(frame, it));
  }

  private static String event(Pattern frame, String block) {
    var matcher = frame.matcher(block);
    return matcher.matches() ? matcher.group(1) : "not framed as one event: " + block;
  }
}
