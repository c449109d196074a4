package io.execd.application.command;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Hides tokens, passwords and keys in a command's text before it is logged. It knows the usual
 * spellings, a courtesy to whoever reads logs and no guarantee. A bare {@code -p} is left alone: it
 * is a port or a path far more often than a password.
 */
final class SecretMask {
  private static final int SHOWN = 1_000;
  private static final int LOOKED_AT = 4_000;

  private static final String NAME =
      "(?:password|passwd|passphrase|pwd|token|secret|credentials?|(?:api|access|private|secret|auth)[_-]?key)";

  /** Quoted, or up to white space or a shell operator; an open quote ends the same way. */
  private static final String VALUE = "(?:\"[^\"]*+\"|'[^']*+'|[\"']?[^\\s'\"&;|<>)]++)";

  /**
   * Each keeps its first group and loses the rest. No repetition can cost more than linear time.
   */
  private static final List<Pattern> SECRETS =
      List.of(
          // Authorization: Bearer value
          Pattern.compile(
              "(?i)(authorization\\s{0,9}:\\s{0,9}(?:(?:basic|bearer|token)\\s{1,9})?)[^\\s'\"]++"),
          Pattern.compile("(?i)(\\bbearer\\s{1,9})[^\\s'\"]++"),
          // scheme://user:password@host
          Pattern.compile("(://[^\\s/:@'\"]{0,256}:)[^\\s/@'\"]{1,1024}(?=@)"),
          // curl -u user:password
          Pattern.compile("((?:^|\\s)(?:-u|--user)[\\s=]{1,9}[\"']?[^\\s:'\"]{1,256}:)[^\\s'\"]++"),
          Pattern.compile("(\\bsshpass\\s{1,9}-p\\s{0,9})" + VALUE),
          // --db-password value
          Pattern.compile("(?i)((?:^|\\s)--?[\\w-]{0,64}" + NAME + "\\s{1,9})(?!-)" + VALUE),
          // NAME=value, name: value, "name": "value"
          Pattern.compile("(?i)(" + NAME + "[\"']?\\s{0,9}[=:]\\s{0,9})" + VALUE));

  private SecretMask() {}

  /**
   * The beginning of the text, with {@code ***} in place of each secret. Cut after masking and from
   * a longer piece, so that a secret at the edge is masked too; its cost has an upper bound.
   */
  static String mask(String command) {
    String masked = cut(command, LOOKED_AT);
    for (Pattern secret : SECRETS) {
      masked = secret.matcher(masked).replaceAll("$1***");
    }
    return masked.length() > SHOWN || command.length() > LOOKED_AT
        ? cut(masked, SHOWN) + "... (" + command.length() + " characters)"
        : masked;
  }

  private static String cut(String text, int length) {
    return text.length() > length ? text.substring(0, length) : text;
  }
}
