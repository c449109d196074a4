package io.execd.domain.code;

import java.util.UUID;

/** The name of one context. That of a Jupyter kernel is the id of its Jupyter session. */
public record ContextId(String value) {

  /** A new id for a context that has no name of its own elsewhere. */
  public static ContextId random() {
    return new ContextId(UUID.randomUUID().toString());
  }
}
