package io.github.mailflowlab.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.mailflowlab",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String LAB = "io.github.mailflowlab.lab";

  @ArchTest
  static final ArchRule coreKnowsNoLab =
      noClasses()
          .that()
          .resideOutsideOfPackage(LAB + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LAB + "..")
          .because("the domain is the same without a lab");

  @ArchTest
  static final ArchRule theFaceOfTheModuleIsItsRootPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(LAB)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName(Lab.class.getName())
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName(StagedFault.class.getName())
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName(NamedHost.class.getName())
          .because("hosts and servers do not know who staged them");

  @ArchTest
  static final ArchRule dnsStandsAlone =
      classes()
          .that()
          .resideInAPackage(LAB + ".dns")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              LAB + ".dns",
              "java..",
              "io.netty..",
              "org.xbill.DNS..",
              "org.slf4j..",
              "org.jspecify..")
          .because("a name is answered in the same way whatever is behind it");

  @ArchTest
  static final ArchRule pkiStandsAlone =
      classes()
          .that()
          .resideInAPackage(LAB + ".pki")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              LAB + ".pki",
              "java..",
              "javax.net.ssl..",
              "com.sun.net.httpserver..",
              "org.bouncycastle..",
              "org.jspecify..")
          .because("certificates are issued without knowing who presents them");

  @ArchTest
  static final ArchRule bouncyCastleStaysInPki =
      noClasses()
          .that()
          .resideOutsideOfPackage(LAB + ".pki")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bouncycastle..")
          .because("all others need no more than the JDK's certificates");

  @ArchTest
  static final ArchRule hostsKnowNoFaults =
      noClasses()
          .that()
          .resideInAPackage(LAB + ".smtp")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LAB + ".fault", LAB + ".order", LAB + ".dns")
          .because("a fault is a value that a host is given");

  @ArchTest
  static final ArchRule faultsDoNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage(LAB + ".fault")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "java.net..", "java.io..", "java.nio..")
          .because("a fault is a row in a table");

  @ArchTest
  static final ArchRule faultsKnowNoOrders =
      noClasses()
          .that()
          .resideInAPackage(LAB + ".fault")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(LAB + ".order")
          .because("an order names a fault, and a fault does not know who ordered it");

  @ArchTest
  static final ArchRule theLabUsesNoneOfWhatItTests =
      noClasses()
          .that()
          .resideInAPackage(LAB + "..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are in another module than connector-core",
                  (JavaClass type) ->
                      type.getPackageName()
                          .matches(
                              "io\\.github\\.mailflowlab\\.(smtp|queue|alerting|intake|cli|api)(\\..*)?")))
          .because("a client that tests itself against its own code finds nothing");
}
