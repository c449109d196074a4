package io.execd.http.code;

import io.execd.domain.Failure;
import io.execd.domain.code.CodeRequest;
import io.execd.domain.code.CodeRequest.Target;
import io.execd.domain.code.ContextId;
import io.execd.domain.code.Language;
import io.execd.http.api.model.CodeContextRequest;
import io.execd.http.api.model.CodeContextSelector;
import io.execd.http.api.model.RunCodeRequest;
import io.execd.http.stream.TimeoutField;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of code requests; what cannot be used is refused with the field's name. */
final class CodeRequestReader {
  private CodeRequestReader() {}

  static CodeRequest read(RunCodeRequest body) {
    String code = body.getCode();
    if (code == null) {
      throw Failure.invalidField("code", "is required and must be a string");
    }
    return new CodeRequest(
        code, target(body.getContext(), body.getLanguage()), TimeoutField.read(body.getTimeout()));
  }

  /** The language of a context to be made. */
  static Language language(CodeContextRequest body) {
    return language(body.getLanguage())
        .orElseThrow(() -> Failure.invalidField("language", "is required and must not be empty"));
  }

  static Optional<String> directory(@Nullable String path) {
    return text(path);
  }

  static Optional<Language> language(@Nullable String name) {
    return text(name).map(Language::new);
  }

  /** The language beside the code is the older form of the one in the context. */
  private static Target target(
      @Nullable CodeContextSelector context, @Nullable String olderLanguage) {
    if (context == null) {
      return new Target(Optional.empty(), language(olderLanguage), Optional.empty());
    }
    return new Target(
        text(context.getId()).map(ContextId::new),
        language(context.getLanguage()).or(() -> language(olderLanguage)),
        text(context.getCwd()));
  }

  private static Optional<String> text(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }
}
