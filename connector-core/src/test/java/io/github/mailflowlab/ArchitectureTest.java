package io.github.mailflowlab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.mailflowlab.time.WorkInFlight;
import java.util.concurrent.Executor;

@AnalyzeClasses(
    packages = "io.github.mailflowlab",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule SEES_ONLY_THE_JDK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.github.mailflowlab..", "org.jspecify.annotations..", "java..")
          .because("the domain must be usable by every module, and outlive every library");

  @ArchTest
  static final ArchRule LOGS_NOTHING_AND_REFLECTS_ON_NOTHING =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.logging..", "java.sql..", "java.nio.channels..", "java.lang.reflect..")
          .because("pure domain: values in, values out");

  @ArchTest
  static final ArchRule STARTS_NO_THREADS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Executor.class)
          .because("time and threads come in from the assembly");

  @ArchTest
  static final ArchRule OPENS_NO_FILES_AND_SOCKETS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.(io\\.File.*|io\\.RandomAccessFile|nio\\.file\\.Files|net\\.\\w*Socket|net\\.UR(I|L|LConnection))")
          .because("the one thing read here is the catalogue, a resource of this module");

  @ArchTest
  static final ArchRule WAITS_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotBelongToAnyOf(WorkInFlight.class)
          .should()
          .callMethod(Object.class, "wait")
          .because("only whoever moves time waits for quiet");

  @ArchTest
  static final ArchRule INTERFACES_ASIDE_EVERYTHING_IS_FINAL =
      classes()
          .that()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .and()
          .areNotEnums()
          .and(isNoPackageInfo())
          .should()
          .haveModifier(JavaModifier.FINAL)
          .because("nothing here is made to be extended");

  private static DescribedPredicate<JavaClass> isNoPackageInfo() {
    return DescribedPredicate.describe(
        "no package-info", type -> !type.getSimpleName().equals("package-info"));
  }
}
