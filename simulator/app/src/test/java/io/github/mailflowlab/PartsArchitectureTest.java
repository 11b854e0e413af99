package io.github.mailflowlab;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = {
      "io.github.mailflowlab.intake",
      "io.github.mailflowlab.clock",
      "io.github.mailflowlab.settings"
    },
    importOptions = DoNotIncludeTests.class)
final class PartsArchitectureTest {
  private static final String JDK = "java..";
  private static final String JSPECIFY = "org.jspecify..";
  private static final String SLF4J = "org.slf4j..";

  @ArchTest
  static final ArchRule intakeKnowsTheWayInAndNothingBehindIt =
      classes()
          .that()
          .resideInAPackage("io.github.mailflowlab.intake..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.github.mailflowlab.intake..",
                  "io.github.mailflowlab.mail..",
                  "io.github.mailflowlab.status..",
                  "io.github.mailflowlab.delivery..",
                  "io.netty..",
                  SLF4J,
                  JSPECIFY,
                  JDK))
          .because("routing and storing are the submission's business");

  @ArchTest
  static final ArchRule theDialogueKnowsNoSocket =
      noClasses()
          .that()
          .resideInAPackage("io.github.mailflowlab.intake..")
          .and()
          .haveNameNotMatching(".*\\.(SmtpIntake|IntakeHandler)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", SLF4J)
          .because("a session is tested octet by octet, without a socket");

  @ArchTest
  static final ArchRule theClockKnowsTimeOnly =
      classes()
          .that()
          .resideInAPackage("io.github.mailflowlab.clock..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.github.mailflowlab.clock..",
                  "io.github.mailflowlab.time..",
                  SLF4J,
                  JSPECIFY,
                  JDK))
          .because("who stores the clock's state, and who steers it, is the assembly's business");

  @ArchTest
  static final ArchRule settingsAreReadNotUsed =
      classes()
          .that()
          .resideInAPackage("io.github.mailflowlab.settings..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.github.mailflowlab.settings..",
                  "io.github.mailflowlab.config..",
                  "io.github.mailflowlab.mail..",
                  "io.github.mailflowlab.retry..",
                  "io.github.mailflowlab.routing..",
                  "io.github.mailflowlab.clock..",
                  "org.yaml.snakeyaml..",
                  JSPECIFY,
                  JDK))
          .because("checking a file must not need anything running");

  @ArchTest
  static final ArchRule yamlMakesNoObjects =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.yaml.snakeyaml.constructor..", "org.yaml.snakeyaml.representer..")
          .because("problems need lines, and a file must not choose classes");
}
