package io.execd.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test, or all tests of a class, that only root can run. Other users skip each of them with a
 * reason, and {@code bootstrap/check} counts them aloud.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Tag("root")
@ExtendWith(NeedsRoot.Condition.class)
public @interface NeedsRoot {

  /** Whether the test mounts file systems, which root may not do in most containers. */
  boolean toMount() default false;

  /** Skips methods, never a whole class: each test counts. */
  final class Condition implements ExecutionCondition {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long MAY_MOUNT = 1L << 21; // CAP_SYS_ADMIN, capabilities(7)

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (context.getTestMethod().isEmpty()) {
        return ConditionEvaluationResult.enabled("its methods are asked");
      }
      if (status("Uid:", 10) != 0) {
        return ConditionEvaluationResult.disabled("needs root");
      }
      return mounts(context) && (status("CapEff:", 16) & MAY_MOUNT) == 0
          ? ConditionEvaluationResult.disabled("needs root that may mount (CAP_SYS_ADMIN)")
          : ConditionEvaluationResult.enabled("root");
    }

    private static boolean mounts(ExtensionContext context) {
      return Stream.of(context.getTestMethod(), context.getTestClass())
          .flatMap(element -> AnnotationSupport.findAnnotation(element, NeedsRoot.class).stream())
          .anyMatch(NeedsRoot::toMount);
    }

    private static long status(String field, int radix) {
      try (Stream<String> lines = Files.lines(STATUS)) {
        String line = lines.filter(text -> text.startsWith(field)).findFirst().orElseThrow();
        return Long.parseUnsignedLong(line.split("\\s+", -1)[1], radix);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
