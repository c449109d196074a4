package io.execd.os.command;

import java.util.List;
import java.util.Optional;

/**
 * A program as the kernel wants it.
 *
 * @param candidates paths to try in turn
 * @param arguments the program's own name first
 * @param script what the program expects to read from descriptor 3
 * @param subject the program as a refusal names it
 */
record Invocation(
    List<String> candidates, List<String> arguments, Optional<byte[]> script, String subject) {}
