package io.execd.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * Every arrow of the module table, for the real packages below {@code io.execd} or, to prove that
 * each can fail, for those below {@code io.execd.planted}.
 */
final class Rules {
  private final String root;

  private Rules(String root) {
    this.root = root;
  }

  static List<Rule> of(String root) {
    Rules rules = new Rules(root);
    return List.of(
        rules.domain(),
        rules.application(),
        rules.http(),
        rules.httpWithoutOutPorts(),
        rules.httpWithoutServices(),
        rules.jupyter(),
        rules.os(),
        rules.nativeCode(),
        rules.guice(),
        rules.injection(),
        rules.nullMarked(),
        rules.acyclic());
  }

  private Rule domain() {
    return new Rule(
        "the domain uses java.base only",
        "domain",
        only("domain", Allowed.packages(root + ".domain")),
        "domain.command.LogsByLibrary");
  }

  private Rule application() {
    return new Rule(
        "the application uses the domain and java.base only",
        "application",
        only("application", ours("application", "domain")),
        "application.command.AsksAnAdapter");
  }

  private Rule http() {
    DescribedPredicate<JavaClass> libraries =
        Allowed.packages(
            "jakarta.ws.rs",
            "org.glassfish.jersey",
            "org.glassfish.grizzly",
            "com.fasterxml.jackson",
            "java.util.logging");
    return new Rule(
        "adapters-http uses the inner modules, Jersey, Grizzly and Jackson only",
        "http",
        only("http", ours("http", "application", "domain").or(libraries)),
        "http.command.AsksTheSystem");
  }

  private Rule httpWithoutOutPorts() {
    return new Rule(
        "adapters-http never uses an out-port",
        "http",
        never("http", Allowed.outPorts(root + ".domain")),
        "http.command.UsesAnOutPort");
  }

  private Rule httpWithoutServices() {
    return new Rule(
        "adapters-http never uses a service class",
        "http",
        never("http", Allowed.services(root + ".application")),
        "http.command.UsesAService");
  }

  private Rule jupyter() {
    DescribedPredicate<JavaClass> libraries =
        Allowed.packages("java.sql", "jdk.net", "com.fasterxml.jackson", "org.mariadb.jdbc");
    return new Rule(
        "adapters-jupyter uses the domain, Jackson and the driver of a database only",
        "jupyter",
        only("jupyter", ours("jupyter", "domain").or(libraries)),
        "jupyter.code.UsesTheApplication");
  }

  private Rule os() {
    return new Rule(
        "adapters-os uses the domain, pty4j and OSHI only",
        "os",
        only("os", ours("os", "domain").or(Allowed.packages("com.pty4j", "oshi"))),
        "os.command.UsesAnotherAdapter");
  }

  private Rule nativeCode() {
    return new Rule(
        "one package alone touches native code",
        "",
        noClasses()
            .that(Allowed.packages(root))
            .and()
            .resideOutsideOfPackage(root + ".os.nativecall")
            .should()
            .dependOnClassesThat(Allowed.packages("java.lang.foreign"))
            .allowEmptyShould(true),
        "os.file.CallsNativeCode");
  }

  private Rule guice() {
    return new Rule(
        "only the wiring imports Guice",
        "bootstrap",
        noClasses()
            .that(Allowed.packages(root))
            .and()
            .resideOutsideOfPackage(root + ".bootstrap.wiring")
            .should()
            .dependOnClassesThat(Allowed.packages("com.google.inject"))
            .allowEmptyShould(true),
        "bootstrap.InjectsItself");
  }

  private Rule injection() {
    return new Rule(
        "the inner modules carry no injection annotations",
        "application",
        never(
            "application", Allowed.packages("jakarta.inject", "javax.inject", "com.google.inject")),
        "application.command.WantsInjection");
  }

  private Rule nullMarked() {
    return new Rule(
        "every package is @NullMarked",
        "",
        classes()
            .that(Allowed.packages(root))
            .and()
            .resideOutsideOfPackage(root + ".http.api..")
            .should(new BeNullMarked())
            .allowEmptyShould(true),
        "unmarked");
  }

  /** The slice words are packages, so a cycle between slices is one between packages. */
  private Rule acyclic() {
    return new Rule(
        "slices do not depend on each other in a circle",
        "",
        slices().matching(root + ".(*).(*)..").should().beFreeOfCycles().allowEmptyShould(true),
        "http.loop");
  }

  private DescribedPredicate<JavaClass> ours(String... modules) {
    return Allowed.packages(
        java.util.stream.Stream.of(modules).map(m -> root + "." + m).toArray(String[]::new));
  }

  private ArchRule only(String module, DescribedPredicate<JavaClass> allowed) {
    return classes()
        .that(Allowed.packages(root + "." + module))
        .should()
        .onlyDependOnClassesThat(allowed.or(Allowed.platform()))
        .allowEmptyShould(true);
  }

  private ArchRule never(String module, DescribedPredicate<JavaClass> forbidden) {
    return noClasses()
        .that(Allowed.packages(root + "." + module))
        .should()
        .dependOnClassesThat(forbidden)
        .allowEmptyShould(true);
  }
}
