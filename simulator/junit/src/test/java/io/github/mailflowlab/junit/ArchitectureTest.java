package io.github.mailflowlab.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AnalyzeClasses(
    packages = "io.github.mailflowlab.junit",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule theExtensionWiresAndNothingElse =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "io.github.mailflowlab..", "org.junit..", "org.assertj..", "org.jspecify..")
          .because("all that it does is done by the modules it puts together");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.linecorp.armeria.server.Server",
        "io.netty.handler.codec.http.HttpServerCodec",
        "picocli.CommandLine"
      })
  void bringsNoWebServerAndNoCommandLine(String absent) {
    assertThatThrownBy(() -> Class.forName(absent)).isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void theyWouldBeFoundOtherwise() throws ClassNotFoundException {
    Class.forName("io.netty.handler.ssl.SslHandler");
  }
}
