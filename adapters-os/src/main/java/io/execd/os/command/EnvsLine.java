package io.execd.os.command;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of an environment file: {@code K=V} with {@code $NAME} and <code>${NAME}</code>
 * expanded, {@code K='v'} as it is, {@code K="v"} with the escapes {@code \\ \" \n \r \t} and
 * nothing expanded. {@code export} before the name is let pass, because such files are sourced by
 * shells too. A value that begins with a quote and does not end with its match is a plain one.
 */
final class EnvsLine {
  /** The longest value: the kernel takes no longer variable. */
  static final int MOST_CHARACTERS = 128 * 1024;

  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)=(.*)", Pattern.DOTALL);
  private static final Pattern LITERAL = Pattern.compile("'(.*)'", Pattern.DOTALL);
  private static final Pattern ESCAPED =
      Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"", Pattern.DOTALL);
  private static final Pattern ESCAPE = Pattern.compile("\\\\([\\\\\"nrt])");
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)}|([A-Za-z_][A-Za-z0-9_]*))");

  private final String name;
  private final String raw;

  private EnvsLine(String name, String raw) {
    this.name = name;
    this.raw = raw;
  }

  /** Empty when this is no assignment. */
  static Optional<EnvsLine> parse(String line) {
    Matcher matcher = ASSIGNMENT.matcher(line.strip());
    return matcher.matches() && line.indexOf('\0') < 0
        ? Optional.of(new EnvsLine(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** Whether the line holds nothing by intention. */
  static boolean blank(String line) {
    String text = line.strip();
    return text.isEmpty() || text.startsWith("#");
  }

  String name() {
    return name;
  }

  /** The value; an undefined variable in it expands to nothing, as in a shell. */
  String value(Map<String, String> variables) {
    Matcher literal = LITERAL.matcher(raw);
    if (literal.matches()) {
      return literal.group(1);
    }
    Matcher escaped = ESCAPED.matcher(raw);
    return escaped.matches() ? unescape(escaped.group(1)) : expand(raw, variables);
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(meaning(found.group(1))));
  }

  private static String meaning(String letter) {
    return switch (letter) {
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      default -> letter;
    };
  }

  private static String expand(String text, Map<String, String> variables) {
    Matcher found = VARIABLE.matcher(text);
    StringBuilder value = new StringBuilder();
    while (found.find() && value.length() <= MOST_CHARACTERS) {
      String variable = found.group(1) == null ? found.group(2) : found.group(1);
      found.appendReplacement(
          value, Matcher.quoteReplacement(variables.getOrDefault(variable, "")));
    }
    return found.appendTail(value).toString();
  }
}
