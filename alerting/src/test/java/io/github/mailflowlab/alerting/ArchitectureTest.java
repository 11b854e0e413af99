package io.github.mailflowlab.alerting;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.mailflowlab.alerting",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule SEES_ONLY_CORE_AND_ITS_LIBRARIES =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.github.mailflowlab.alerting..",
              "io.github.mailflowlab.config",
              "io.github.mailflowlab.delivery",
              "io.github.mailflowlab.event",
              "io.github.mailflowlab.failure",
              "io.github.mailflowlab.mail",
              "io.github.mailflowlab.routing",
              "io.github.mailflowlab.status",
              "io.github.mailflowlab.time",
              "com.fasterxml.jackson.core",
              "com.fasterxml.jackson.databind..",
              "io.micrometer.core.instrument..",
              "org.slf4j..",
              "org.jspecify.annotations..",
              "java..")
          .because("alerting hears events and asks for backlogs; it knows no queue and no client");

  @ArchTest
  static final ArchRule ONLY_METRICS_KNOWS_MICROMETER =
      noClasses()
          .that()
          .resideOutsideOfPackage("..alerting.metrics")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer..")
          .because("an alert is no metric");

  @ArchTest
  static final ArchRule OPENS_NO_FILES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.sql..")
          .because("what must last goes through AlertStore");

  @ArchTest
  static final ArchRule OPENS_NO_SOCKETS_BUT_TO_WEBHOOKS =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.(Webhook.*|IgnoredBody|AlertText)")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..")
          .because(
              "mail goes out through Submission, backlogs come in through Backlog.View; a stored"
                  + " last error has the address that was tried");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("io.github.mailflowlab.(alerting..)")
          .should()
          .beFreeOfCycles()
          .because("notifiers and meters know alerts, alerts know neither");
}
