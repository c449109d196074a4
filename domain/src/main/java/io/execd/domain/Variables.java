package io.execd.domain;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Expansion of {@code $NAME}, {@code ${NAME}} and a leading {@code ~} (alone or before a slash), as
 * the wire contract, section 1, wants it for every path. A dollar sign before anything else stands
 * for itself.
 */
public final class Variables {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:\\{(?<braced>[^}]*)\\}?|(?<plain>[A-Za-z_][A-Za-z0-9_]*))");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Variables() {}

  /**
   * The path with everything in it expanded.
   *
   * @param field what to call the path in an error
   * @throws Failure INVALID_REQUEST when a variable is not defined, or a reference is malformed
   */
  public static String expandPath(String field, String path, Map<String, String> environment) {
    boolean home = path.equals("~") || path.startsWith("~/");
    String text = home ? "${HOME}" + path.substring(1) : path;
    return expand(field, text, environment);
  }

  /** The same without the meaning of {@code ~}. */
  public static String expand(String field, String text, Map<String, String> environment) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(field, match, environment)));
  }

  private static String value(String field, MatchResult match, Map<String, String> environment) {
    String name = name(field, match);
    String value = environment.get(name);
    if (value == null) {
      throw Failure.invalidField(field, "the variable " + name + " is not defined");
    }
    return value;
  }

  private static String name(String field, MatchResult match) {
    @Nullable String plain = match.group("plain");
    if (plain != null) {
      return plain;
    }
    String braced = match.group("braced");
    if (!match.group().endsWith("}") || !NAME.matcher(braced).matches()) {
      throw Failure.invalidField(field, "'" + match.group() + "' is not a variable");
    }
    return braced;
  }
}
