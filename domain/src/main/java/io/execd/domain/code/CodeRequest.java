package io.execd.domain.code;

import io.execd.domain.Failure;
import java.time.Duration;
import java.util.Optional;

/**
 * What a caller wants run.
 *
 * @param code not empty; Unicode text without NUL, so that every kernel can be given it
 * @param target where it runs
 * @param timeout when it is interrupted; empty: never
 */
public record CodeRequest(String code, Target target, Optional<Duration> timeout) {

  /**
   * Which context runs the code.
   *
   * @param id an existing context; stronger than the language
   * @param language without an id: the default context of this language
   * @param directory where a default context that is made now starts
   */
  public record Target(
      Optional<ContextId> id, Optional<Language> language, Optional<String> directory) {}

  public CodeRequest {
    if (code.isEmpty()) {
      throw Failure.invalidField("code", "must not be empty");
    }
    requireText(code);
    timeout.ifPresent(CodeRequest::requirePositive);
  }

  private static void requireText(String code) {
    for (int i = 0; i < code.length(); i++) {
      char unit = code.charAt(i);
      if (unit == '\0') {
        throw Failure.invalidField("code", "must not contain a NUL character (at " + i + ")");
      }
      if (Character.isSurrogate(unit)) {
        requirePair(code, i++);
      }
    }
  }

  private static void requirePair(String code, int at) {
    boolean pair =
        at + 1 < code.length() && Character.isSurrogatePair(code.charAt(at), code.charAt(at + 1));
    if (!pair) {
      throw Failure.invalidField(
          "code", "must be Unicode text, but has half a surrogate pair (at " + at + ")");
    }
  }

  private static void requirePositive(Duration timeout) {
    if (!timeout.isPositive()) {
      throw Failure.invalidField("timeout", "must be positive");
    }
  }
}
