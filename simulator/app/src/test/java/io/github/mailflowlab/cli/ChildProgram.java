package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mailflow run} in a JVM of its own, which can be killed. */
final class ChildProgram implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "mailflow ready smtp=127\\.0\\.0\\.1:(\\d+) http=(http://127\\.0\\.0\\.1:\\d+)/");
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final BufferedReader out;
  private final InetSocketAddress smtp;
  private final String http;

  /** Returns once it is ready. */
  ChildProgram(Path config, Path log, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                MailFlow.class.getName(),
                "run",
                "--config",
                config.toString()));
    command.addAll(List.of(options));
    process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    out = process.inputReader(StandardCharsets.UTF_8);
    Matcher ready = READY.matcher(String.valueOf(out.readLine()));
    if (!ready.matches()) {
      kill();
      throw new IOException("not ready; see " + log);
    }
    smtp =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ready.group(1)));
    http = ready.group(2);
  }

  InetSocketAddress smtp() {
    return smtp;
  }

  /** Where it takes requests, as a URL without a path. */
  String http() {
    return http;
  }

  /** Lets it hang from now on, or go on. */
  void hang(boolean hang) {
    try {
      Process kill =
          new ProcessBuilder("kill", hang ? "-STOP" : "-CONT", Long.toString(process.pid()))
              .inheritIO()
              .start();
      assertThat(kill.waitFor()).isZero();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** As kill -9 does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** As kill does; says the exit status. */
  int stop() {
    // The handle's, because the process's own closes the streams, too.
    process.toHandle().destroy();
    awaitEnd();
    return process.exitValue();
  }

  /** What it printed after it was ready; once it has ended. */
  List<String> furtherOutput() {
    return out.lines().toList();
  }

  private void awaitEnd() {
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
