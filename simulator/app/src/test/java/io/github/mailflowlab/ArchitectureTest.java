package io.github.mailflowlab;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = {
      "io.github.mailflowlab.api",
      "io.github.mailflowlab.audit",
      "io.github.mailflowlab.bench",
      "io.github.mailflowlab.cli",
      "io.github.mailflowlab.clock",
      "io.github.mailflowlab.demo",
      "io.github.mailflowlab.document",
      "io.github.mailflowlab.environment",
      "io.github.mailflowlab.fix",
      "io.github.mailflowlab.intake",
      "io.github.mailflowlab.node",
      "io.github.mailflowlab.pressure",
      "io.github.mailflowlab.report",
      "io.github.mailflowlab.scenario",
      "io.github.mailflowlab.settings",
      "io.github.mailflowlab.tenant",
      "io.github.mailflowlab.validate"
    },
    importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String API = "io.github.mailflowlab.api..";
  private static final String CLI = "io.github.mailflowlab.cli..";
  private static final String CLOCK = "io.github.mailflowlab.clock..";
  private static final String DEMO = "io.github.mailflowlab.demo..";
  private static final String DOCUMENT = "io.github.mailflowlab.document..";
  private static final String INTAKE = "io.github.mailflowlab.intake..";
  private static final String LAB = "io.github.mailflowlab.lab..";
  private static final String BENCH = "io.github.mailflowlab.bench..";
  private static final String NODE = "io.github.mailflowlab.node..";
  private static final String VALIDATE = "io.github.mailflowlab.validate..";
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
                  "io.github.mailflowlab.pressure..",
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
                  "io.github.mailflowlab.alerting",
                  "io.github.mailflowlab.config..",
                  "io.github.mailflowlab.mail..",
                  "io.github.mailflowlab.pressure",
                  "io.github.mailflowlab.queue",
                  "io.github.mailflowlab.retry..",
                  "io.github.mailflowlab.routing..",
                  "io.github.mailflowlab.clock..",
                  "org.yaml.snakeyaml..",
                  JSPECIFY,
                  JDK))
          .because("checking a file must not need anything running");

  @ArchTest
  static final ArchRule hostsAreReadWithoutANode =
      classes()
          .that()
          .resideInAPackage("io.github.mailflowlab.environment..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.github.mailflowlab.environment..",
                  "io.github.mailflowlab.settings..",
                  "io.github.mailflowlab.config..",
                  "io.github.mailflowlab.failure..",
                  "io.github.mailflowlab.mail..",
                  DOCUMENT,
                  LAB,
                  JSPECIFY,
                  JDK))
          .because("broken hosts are of use without a connector, and in every scenario");

  @ArchTest
  static final ArchRule yamlMakesNoObjects =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.yaml.snakeyaml.constructor..", "org.yaml.snakeyaml.representer..")
          .because("problems need lines, and a file must not choose classes");

  @ArchTest
  static final ArchRule nothingKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(CLI)
          .because("a test starts a lab without a command line");

  @ArchTest
  static final ArchRule commandsReachAnInstanceByHttpOnly =
      noClasses()
          .that()
          .resideInAPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(API, INTAKE, "io.github.mailflowlab.queue..")
          .because("what the command line can do, every other client can");

  @ArchTest
  static final ArchRule theAuditKnowsTheProgramFromOutside =
      classes()
          .that()
          .resideInAPackage("io.github.mailflowlab.audit..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.github.mailflowlab.audit..",
                  DOCUMENT,
                  "com.fasterxml.jackson..",
                  "io.netty..",
                  JSPECIFY,
                  JDK))
          .because("a ledger that shares code with what it audits shares its mistakes");

  @ArchTest
  static final ArchRule theApiShowsAnAssembledLab =
      noClasses()
          .that()
          .resideInAPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NODE, DEMO, VALIDATE, LAB, INTAKE, "io.github.mailflowlab.smtp..")
          .because("it gets its parts and does not wire them");

  @ArchTest
  static final ArchRule documentsAreMadeFromViews =
      noClasses()
          .that()
          .resideInAPackage(DOCUMENT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              API,
              NODE,
              DEMO,
              VALIDATE,
              INTAKE,
              LAB,
              "io.github.mailflowlab.smtp..",
              "io.github.mailflowlab.settings..")
          .because("REST and command line print the same documents, wherever they come from");

  @ArchTest
  static final ArchRule aValidationNeedsNoLab =
      noClasses()
          .that()
          .resideInAPackage(VALIDATE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NODE, API, DEMO, LAB, INTAKE, "io.github.mailflowlab.queue..")
          .because("it goes to a real server and queues nothing");

  @ArchTest
  static final ArchRule whatIsConfiguredDependsOnNothingThatRuns =
      noClasses()
          .that()
          .resideInAPackage("io.github.mailflowlab.tenant..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              API, NODE, DEMO, LAB, INTAKE, VALIDATE, "io.github.mailflowlab.queue..")
          .because("everything that runs asks it, and it is checked with nothing running");

  @ArchTest
  static final ArchRule fixesAndReportsStandBetweenTheQueueAndTheApi =
      noClasses()
          .that()
          .resideInAnyPackage("io.github.mailflowlab.fix..", "io.github.mailflowlab.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              API, NODE, DEMO, LAB, INTAKE, VALIDATE, "io.github.mailflowlab.smtp..")
          .because("they ask what runs, and are asked over HTTP or by a test");

  @ArchTest
  static final ArchRule aScenarioActsAsAnAdministratorWould =
      noClasses()
          .that()
          .resideInAPackage("io.github.mailflowlab.scenario..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(API, DEMO, INTAKE, "io.github.mailflowlab.smtp..", "io.netty..")
          .because("it starts a node and hosts, and looks at them from outside");

  @ArchTest
  static final ArchRule onlyTheAssemblyOpensASpool =
      noClasses()
          .that()
          .resideOutsideOfPackages(NODE, BENCH)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.github.mailflowlab.queue.spool..")
          .because("all others go through the queue; a bench fills a spool, and measures one");

  @ArchTest
  static final ArchRule onlyTheClockReadsTheSystemClock =
      methods()
          .that()
          .areAnnotatedWith("io.github.mailflowlab.clock.ReadsSystemClock")
          .should()
          .beDeclaredInClassesThat()
          .resideInAPackage(CLOCK)
          .because("the build's ban has one exemption");

  @ArchTest
  static final ArchRule theSystemClockComesInAtTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI, CLOCK)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.github.mailflowlab.clock.SystemTime")
          .because("everything else is told the time");

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("standard output belongs to a command's result");

  @ArchTest
  static final ArchRule theWebServerStaysInTheApi =
      noClasses()
          .that()
          .resideOutsideOfPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.linecorp.armeria..")
          .because("it could be another one");

  @ArchTest
  static final ArchRule theOptionParserStaysInTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage(CLI)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..")
          .because("it could be another one");
}
