package io.execd.domain.stream;

/**
 * An event at its place in the stream.
 *
 * @param offset bytes of output from the start of the execution up to the end of this event
 * @param epochMillis when it happened, wall clock
 */
public record StreamEvent(long offset, long epochMillis, ExecutionEvent event) {}
