package io.execd.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.stream.Stream;

/** What a module may refer to. */
final class Allowed {
  private static final Set<String> JAVA_BASE = Object.class.getModule().getPackages();

  private Allowed() {}

  /** java.base itself, by the JDK's own list, and the null annotations. */
  static DescribedPredicate<JavaClass> platform() {
    return predicate(
        "in java.base or a null annotation",
        type ->
            type.isPrimitive()
                || JAVA_BASE.contains(type.getPackageName())
                || within(type, "org.jspecify.annotations"));
  }

  static DescribedPredicate<JavaClass> packages(String... roots) {
    return predicate(
        "within " + String.join(", ", roots),
        type -> Stream.of(roots).anyMatch(root -> within(type, root)));
  }

  /** Out-ports are the interfaces of the domain that others implement: all that are not sealed. */
  static DescribedPredicate<JavaClass> outPorts(String domain) {
    return predicate(
        "an out-port",
        type -> within(type, domain) && type.isInterface() && !type.reflect().isSealed());
  }

  /**
   * Services are the classes of the application that are no values and that no in-port hands out.
   */
  static DescribedPredicate<JavaClass> services(String application) {
    return predicate(
        "a service class",
        type ->
            within(type, application)
                && !type.isInterface()
                && !type.isRecord()
                && !type.isEnum()
                && !handedOut(type, application));
  }

  private static boolean handedOut(JavaClass type, String application) {
    return type.getDirectDependenciesToSelf().stream()
        .map(Dependency::getOriginClass)
        .anyMatch(origin -> origin.isInterface() && within(origin, application));
  }

  static boolean within(JavaClass type, String root) {
    return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
  }

  /** An array counts as what it is an array of. */
  private static DescribedPredicate<JavaClass> predicate(
      String description, java.util.function.Predicate<JavaClass> test) {
    return DescribedPredicate.describe(description, type -> test.test(type.getBaseComponentType()));
  }
}
