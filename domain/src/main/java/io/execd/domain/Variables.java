package io.execd.domain;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Expansion of variables in paths, as the wire contract, section 1, wants it for every path of a
 * request. A path may begin with {@code ~}, {@code $NAME} or <code>${NAME}</code>. Anywhere else a
 * dollar sign is first a character of a file name, so that a path that was listed means the same
 * file when it comes back.
 */
public final class Variables {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(?:\\{(?<braced>[A-Za-z_][A-Za-z0-9_]*)}|(?<plain>[A-Za-z_][A-Za-z0-9_]*))");

  private final String field;
  private final Map<String, String> environment;
  private final Predicate<String> exists;

  private Variables(String field, Map<String, String> environment, Predicate<String> exists) {
    this.field = field;
    this.environment = environment;
    this.exists = exists;
  }

  /**
   * Expands a path. Each name in it that exists as it is written stays as it is; in one that does
   * not, a defined variable is expanded unless its value begins with a slash.
   *
   * @param field what to call the path in an error
   * @param exists tells whether an entry has this path, taken literally; asked only about paths
   *     with a dollar sign or a leading {@code ~}
   * @throws Failure INVALID_REQUEST when the path begins with a variable that is not defined, and
   *     no entry has that name
   */
  public static String expandPath(
      String field, String path, Map<String, String> environment, Predicate<String> exists) {
    boolean home = path.equals("~") || path.startsWith("~/");
    if (!home && path.indexOf('$') < 0) {
      return path;
    }
    return new Variables(field, environment, exists).expand(path);
  }

  private String expand(String path) {
    String[] names = path.split("/", -1);
    StringBuilder expanded = new StringBuilder(first(names[0]));
    for (int i = 1; i < names.length; i++) {
      if (expanded.isEmpty() || expanded.charAt(expanded.length() - 1) != '/' || i > 1) {
        expanded.append('/'); // a value such as / brings its own
      }
      expanded.append(names[i].indexOf('$') < 0 ? names[i] : later(expanded, names[i]));
    }
    return expanded.toString();
  }

  private String first(String name) {
    if (name.equals("~")) {
      return leading("HOME", name, "");
    }
    Matcher reference = REFERENCE.matcher(name);
    return reference.lookingAt()
        ? leading(variable(reference), name, name.substring(reference.end()))
        : later("", name);
  }

  private String leading(String variable, String name, String rest) {
    String value = environment.get(variable);
    if (value != null) {
      return value + known(rest);
    }
    if (exists.test(name)) {
      return name;
    }
    throw Failure.invalidField(field, "the variable " + variable + " is not defined");
  }

  /** Expands a name that stands behind this part of the path. */
  private String later(CharSequence before, String name) {
    return name.indexOf('$') < 0 || exists.test(before + name) ? name : known(name);
  }

  private String known(String name) {
    return REFERENCE
        .matcher(name)
        .replaceAll(reference -> Matcher.quoteReplacement(relative(reference)));
  }

  private String relative(MatchResult reference) {
    String value = environment.get(variable(reference));
    return value == null || value.startsWith("/") ? reference.group() : value;
  }

  private static String variable(MatchResult reference) {
    @Nullable String plain = reference.group("plain");
    return plain == null ? reference.group("braced") : plain;
  }
}
