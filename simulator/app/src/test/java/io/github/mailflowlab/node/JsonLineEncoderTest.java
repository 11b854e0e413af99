package io.github.mailflowlab.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log as the program writes it with {@code -Dmailflow.log.format=json}. */
final class JsonLineEncoderTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void anEventIsOneObjectOnOneLineInLabTime() throws Exception {
    context.putObject("mailflow.clock", InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z")));

    JsonNode line = encode("Hello, {}", null, "world");

    assertThat(line.path("time").asText()).isEqualTo("2030-01-01T00:00:00.000Z");
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("logger").asText()).isEqualTo("io.github.mailflowlab.Anything");
    assertThat(line.path("message").asText()).isEqualTo("Hello, world");
    assertThat(line.has("fields")).isFalse();
    assertThat(line.has("error")).isFalse();
  }

  @Test
  void whatTheMessageNamesAreFields() throws Exception {
    JsonNode fields =
        encode(
                "id={} queue={} {} connector=\"{}\" told={} next={}",
                null,
                "20ek5",
                7L,
                "unnamed",
                "To \"on-premises\"",
                true,
                Instant.EPOCH)
            .path("fields");

    assertThat(fields)
        .isEqualTo(
            Json.tree(
                """
                {"id": "20ek5", "queue": 7, "connector": "To \\"on-premises\\"", "told": true,
                 "next": "1970-01-01T00:00:00Z"}
                """));
  }

  @Test
  void argumentsThatAreMissingAreNoFields() throws Exception {
    assertThat(encode("id={} queue={}", null, 1).path("fields")).hasSize(1);
    assertThat(encode("id={}", null).has("fields")).isFalse();
  }

  @Test
  void whatAPeerSaidIsEscaped() throws Exception {
    byte[] line = bytes("{}", null, "\u001b[31m\r\nred\u007f\u009b, 世界");

    assertThat(new String(line, StandardCharsets.US_ASCII)).matches("[ -~]+\n");
    assertThat(Json.tree(new String(line, StandardCharsets.US_ASCII)).path("message").asText())
        .isEqualTo("\u001b[31m\r\nred\u007f\u009b, 世界");
  }

  @Test
  void anErrorComesWithItsStackTraceOnTheSameLine() throws Exception {
    JsonNode line = encode("it broke", new IllegalStateException("disk gone"));

    assertThat(line.path("error").asText())
        .startsWith("java.lang.IllegalStateException: disk gone")
        .contains("\tat io.github.mailflowlab");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"json, true", "text, false", ", false"})
  void thePropertyChoosesTheForm(@Nullable String format, boolean json) throws Exception {
    if (format != null) {
      context.putProperty("mailflow.log.format", format);
    }
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Path.of("src/main/resources/logback.xml").toUri().toURL());

    assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders())
        .toIterable()
        .singleElement()
        .isInstanceOfSatisfying(
            ConsoleAppender.class,
            appender ->
                assertThat(appender.getEncoder() instanceof JsonLineEncoder).isEqualTo(json));
    assertThat(LogFormat.problem(format == null ? "text" : format)).isEmpty();
    // After a warning Logback prints all it did to standard output, which belongs to the commands.
    assertThat(context.getStatusManager().getCopyOfStatusList())
        .allSatisfy(status -> assertThat(status.getEffectiveLevel()).isEqualTo(Status.INFO));
  }

  @Test
  void anotherFormIsToldToBeWrong() {
    assertThat(LogFormat.problem("xml"))
        .hasValueSatisfying(problem -> assertThat(problem).contains("expected json or text"));
  }

  private JsonNode encode(String message, @Nullable Throwable trouble, Object... arguments)
      throws Exception {
    String line = new String(bytes(message, trouble, arguments), StandardCharsets.US_ASCII);
    assertThat(line).endsWith("\n").hasLineCount(1);
    return Json.tree(line);
  }

  private byte[] bytes(String message, @Nullable Throwable trouble, Object... arguments) {
    JsonLineEncoder encoder = new JsonLineEncoder();
    encoder.setContext(context);
    ILoggingEvent event =
        new LoggingEvent(
            "caller",
            context.getLogger("io.github.mailflowlab.Anything"),
            Level.WARN,
            message,
            trouble,
            arguments);
    return encoder.encode(event);
  }
}
