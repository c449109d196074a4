package io.execd.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Holds for a class whose own package has a package-info that says so. */
final class BeNullMarked extends ArchCondition<JavaClass> {
  BeNullMarked() {
    super("be in a @NullMarked package");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
    String problem = type.getName() + ": its package is not @NullMarked";
    events.add(new SimpleConditionEvent(type, marked, problem));
  }
}
