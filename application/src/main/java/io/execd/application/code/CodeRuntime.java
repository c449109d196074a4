package io.execd.application.code;

import io.execd.domain.stream.BufferBudget;
import java.util.function.BiConsumer;

/**
 * What all contexts of one daemon share.
 *
 * @param onGone hears of each context whose kernel is gone, and why; must not block
 */
record CodeRuntime(
    BufferBudget budget, CodePorts.Clock clock, BiConsumer<LiveContext, String> onGone) {}
