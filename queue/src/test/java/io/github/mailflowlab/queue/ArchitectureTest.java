package io.github.mailflowlab.queue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The borders of this module. */
@AnalyzeClasses(
    packages = "io.github.mailflowlab",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String QUEUE = "io.github.mailflowlab.queue";

  @ArchTest
  static final ArchRule SEES_CORE_ONLY =
      noClasses()
          .that()
          .resideInAPackage(QUEUE + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.mailflowlab.smtp..",
              "io.github.mailflowlab.alerting..",
              "io.github.mailflowlab.lab..")
          .because("the modules meet in connector-core alone");

  @ArchTest
  static final ArchRule OPENS_NO_SOCKET =
      noClasses()
          .that()
          .resideInAPackage(QUEUE + "..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.net\\.(Server)?Socket|java\\.nio\\.channels\\..*Socket.*")
          .because("the transport makes attempts; the queue only orders them");

  @ArchTest
  static final ArchRule KNOWS_THE_SPOOL_BY_ITS_PORT =
      noClasses()
          .that()
          .resideInAPackage(QUEUE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.sqlite..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(".*\\.(Sqlite|Postgres)[A-Za-z]+")
          .because("another spool must be able to take its place");

  @ArchTest
  static final ArchRule REPORTS_WITHOUT_THE_SPOOL =
      noClasses()
          .that()
          .resideInAPackage(QUEUE + ".ndr")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(QUEUE, QUEUE + ".spool")
          .because("the same report must give the same mail, whoever asks");

  @ArchTest
  static final ArchRule HAS_NO_CYCLES =
      slices()
          .matching(QUEUE + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("the spool and the NDR are below the engine");

  @ArchTest
  static final ArchRule SPOOL_IS_BELOW_THE_ENGINE =
      noClasses()
          .that()
          .resideInAPackage(QUEUE + ".spool")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(QUEUE, QUEUE + ".ndr")
          .because("the port speaks of what is stored, not of what is decided");
}
