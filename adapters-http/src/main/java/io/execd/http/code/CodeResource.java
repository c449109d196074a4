package io.execd.http.code;

import io.execd.application.Interrupts;
import io.execd.application.code.CodeContexts;
import io.execd.domain.Failure;
import io.execd.domain.code.CodeRequest;
import io.execd.domain.code.ContextId;
import io.execd.domain.code.Language;
import io.execd.http.api.CodeInterpretingApi;
import io.execd.http.api.model.CodeContext;
import io.execd.http.api.model.CodeContextRequest;
import io.execd.http.api.model.RunCodeRequest;
import io.execd.http.stream.EventStream;
import io.execd.http.stream.StreamOptions;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The CodeInterpreting operations of the API. */
public final class CodeResource implements CodeInterpretingApi {
  private final CodeContexts contexts;
  private final Interrupts interrupts;

  public CodeResource(CodeContexts contexts, Interrupts interrupts) {
    this.contexts = contexts;
    this.interrupts = interrupts;
  }

  @Override
  public Response createCodeContext(CodeContextRequest body) {
    Language language = CodeRequestReader.language(body);
    return Response.ok(
            answer(contexts.create(language, CodeRequestReader.directory(body.getCwd()))))
        .build();
  }

  @Override
  public Response listContexts(@Nullable String language) {
    return Response.ok(
            contexts.list(CodeRequestReader.language(language)).stream()
                .map(CodeResource::answer)
                .toList())
        .build();
  }

  @Override
  public Response getContext(String id) {
    return Response.ok(answer(contexts.find(new ContextId(id)))).build();
  }

  @Override
  public Response deleteContext(String id) {
    contexts.delete(new ContextId(id));
    return Response.ok().build();
  }

  @Override
  public Response deleteContextsByLanguage(@Nullable String language) {
    contexts.deleteAll(
        CodeRequestReader.language(language).orElseThrow(() -> Failure.missingQuery("language")));
    return Response.ok().build();
  }

  @Override
  public Response runCode(RunCodeRequest body, @Nullable String sse) {
    StreamOptions options = StreamOptions.of(sse, false);
    CodeRequest request = CodeRequestReader.read(body);
    return new EventStream(contexts.run(request), options).answer();
  }

  @Override
  public Response interruptCode(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      throw Failure.missingQuery("id");
    }
    interrupts.interrupt(id);
    return Response.ok().build();
  }

  private static CodeContext answer(io.execd.domain.code.CodeContext context) {
    CodeContext answer =
        new CodeContext().id(context.id().value()).language(context.language().name());
    context.directory().ifPresent(answer::cwd);
    return answer;
  }
}
