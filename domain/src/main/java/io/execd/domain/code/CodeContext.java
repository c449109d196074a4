package io.execd.domain.code;

import java.util.Optional;

/**
 * A kernel that keeps state between executions, as callers see it.
 *
 * @param directory where its code started, when that was asked for
 */
public record CodeContext(ContextId id, Language language, Optional<String> directory) {}
