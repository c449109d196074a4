package io.execd.domain.file;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern for names: {@code *} any run of characters, {@code ?} any one, {@code [a-z]} one of a
 * class and {@code [^a]} or {@code [!a]} one outside of it, {@code {a,b}} either, {@code \} takes
 * the next character as it is. None of them matches a slash, except {@code **} as a whole part of
 * the path, which stands for any number of parts. A leading dot is nothing special. A byte that is
 * no UTF-8 counts as one character. A pattern with a slash is meant for the path below the root,
 * one without for the last name. Matching takes time linear in the length of the name.
 */
public final class Glob {
  /** After a first star. */
  private static final Pattern NO_WILDCARD = Pattern.compile("\\*[^*?\\[{\\\\/]*");

  private final GlobProgram program;
  private final boolean wholePath;
  private final boolean everything;

  /** What most patterns are: a star, and then an ending without any wildcard. */
  private final Optional<String> ending;

  private Glob(String pattern) {
    program = new GlobParser(pattern).parse();
    wholePath = pattern.indexOf('/') >= 0;
    everything = pattern.equals("**") || pattern.equals("*");
    ending =
        Optional.of(pattern)
            .filter(text -> text.startsWith("*") && NO_WILDCARD.matcher(text).matches())
            .map(text -> text.substring(1));
  }

  /**
   * The pattern's meaning.
   *
   * @throws io.execd.domain.Failure INVALID_REQUEST when a class, group or escape is not finished,
   *     or the pattern is too long
   */
  public static Glob of(String pattern) {
    return new Glob(pattern);
  }

  /** Whether the pattern is for the path relative to the root, and not for the last name. */
  public boolean isForPath() {
    return wholePath;
  }

  /** Whether it matches a name or relative path, given as {@link Octets}. */
  public boolean matches(String octets) {
    if (everything) {
      return true;
    }
    String name = Octets.characters(octets);
    return ending.map(name::endsWith).orElseGet(() -> program.matches(name));
  }
}
