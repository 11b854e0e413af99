package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.environment.LabFile;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program as {@code lab}, used as the simulator's page tells other languages to. */
final class LabIT {
  private static final long PATIENCE_SECONDS = 300;
  private static final Path README = Path.of("../README.md");
  private static final Pattern PYTHON = Pattern.compile("```python\\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void saysWhereItIsOnOneLineAndEndsWellWhenToldTo() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("lab.yaml"), "{ seed: 3, hosts: [{ name: mail.contoso.example }] }");
    Process process = start("lab", "--config", config.toString(), "--seed", "4");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      JsonNode lab = Json.tree(out.readLine());
      assertThat(lab.path("seed").asInt()).isEqualTo(4);
      assertThat(lab.path("hosts").get(0).path("name").asText()).isEqualTo("mail.contoso.example");
      Path trust = Path.of(lab.path("trust").asText());
      assertThat(trust).isRegularFile();
      assertThat(Program.run("clock", "show", "--json", "--url", lab.path("url").asText()).status())
          .isZero();
      // Not by the process, which would close its output.
      process.toHandle().destroy();
      assertThat(out.readLine()).isNull();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(trust.getParent()).doesNotExist();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aSenderInPythonMeetsItsFaults() throws Exception {
    assumeThat(Tool.run("python3", "--version")).as("python3 is there").isZero();
    Matcher recipe = PYTHON.matcher(Files.readString(README));
    assertThat(recipe.find()).isTrue();
    Path script = Files.writeString(folder.resolve("sender_test.py"), recipe.group(1));
    ProcessBuilder python =
        new ProcessBuilder("python3", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("python.log").toFile());
    python.environment().put("MAILFLOW", String.join(" ", program()));
    Process process = python.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(folder.resolve("python.log"))).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void whatTheContainersAreToldIsRight() throws Exception {
    Path files = Path.of("../container");
    Process check = start("check", "--config", files.resolve("mailflow.yaml").toString());
    try {
      assertThat(check.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(check.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    } finally {
      check.destroyForcibly();
    }
    assertThat(LabFile.read(files.resolve("broken.yaml"), name -> Optional.of("secret")).problems())
        .isEmpty();
  }

  private Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(program());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("log").toFile());
    builder.environment().put("MAILFLOW_TOKEN", "secret");
    return builder.start();
  }

  private static List<String> program() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"),
        MailFlow.class.getName());
  }
}
