package io.github.mailflowlab.smtp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.mailflowlab.smtp",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "io.github.mailflowlab.smtp";

  @ArchTest
  static final ArchRule PARTS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("entry")
          .definedBy(ROOT)
          .layer("dialogue")
          .definedBy(ROOT + ".dialogue")
          .layer("tls")
          .definedBy(ROOT + ".tls")
          .layer("dns")
          .definedBy(ROOT + ".dns")
          .layer("wire")
          .definedBy(ROOT + ".wire")
          .whereLayer("entry")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("dialogue")
          .mayOnlyBeAccessedByLayers("entry")
          .whereLayer("tls")
          .mayOnlyBeAccessedByLayers("entry")
          .whereLayer("dns")
          .mayOnlyBeAccessedByLayers("entry")
          .whereLayer("wire")
          .mayOnlyBeAccessedByLayers("entry", "tls")
          .because("the entry alone puts the parts together; tls only borrows escaping from wire");

  @ArchTest
  static final ArchRule DIALOGUE_WITHOUT_IO =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".dialogue")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "java.net..", "java.io..", "java.util.concurrent..")
          .because("the dialogue knows SMTP and nothing else");

  @ArchTest
  static final ArchRule DNSJAVA_BEHIND_ITS_PORT =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ROOT + ".dns.DnsJavaRecords")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.xbill..")
          .because("one class translates what the DNS library says and throws");

  @ArchTest
  static final ArchRule NO_OTHER_MODULE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.mailflowlab.queue..",
              "io.github.mailflowlab.alerting..",
              "io.github.mailflowlab.lab..")
          .because("the client sees the core and no other module");

  @ArchTest
  static final ArchRule SMALL_FACE =
      classes()
          .that()
          .resideInAPackage(ROOT)
          .and()
          .arePublic()
          .should()
          .haveSimpleNameStartingWith("Smtp")
          .andShould()
          .haveSimpleNameNotEndingWith("Connection")
          .because("the transport and its settings are all that others need");
}
