package io.github.mailflowlab.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mailflow run} in a JVM of its own, which can be killed. For one thread. */
public final class ChildProgram implements AutoCloseable {
  /** What an exit status says of a process that SIGKILL ended. */
  static final int KILLED = 128 + 9;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Pattern READY =
      Pattern.compile(
          "mailflow ready smtp=127\\.0\\.0\\.1:(\\d+) http=(http://127\\.0\\.0\\.1:\\d+)/");

  private final Process process;
  private final Path log;
  private final BufferedReader out;
  private final CompletableFuture<String> firstLine;

  private ChildProgram(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.firstLine = CompletableFuture.supplyAsync(this::readLine, task -> thread(task).start());
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "child-output");
    thread.setDaemon(true);
    return thread;
  }

  private String readLine() {
    try {
      return String.valueOf(out.readLine());
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Starts it with the class path of this process, and does not wait.
   *
   * @param program the class with the main method
   * @param log what it says on standard error, added to what is there
   * @param jvmOptions for example a system property
   * @param options of {@code run}
   */
  public static ChildProgram launch(
      Class<?> program, Path config, Path log, List<String> jvmOptions, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of("run", "--config", config.toString()));
    command.addAll(options);
    return new ChildProgram(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  /** Starts it, and returns once it is ready. */
  public static ChildProgram start(Class<?> program, Path config, Path log, String... options)
      throws IOException, InterruptedException {
    ChildProgram child = launch(program, config, log, List.of(), List.of(options));
    try {
      child.ready();
      return child;
    } catch (IOException | InterruptedException e) {
      child.close();
      throw e;
    }
  }

  /**
   * Waits until it takes mail. False when it was killed, or has killed itself, before that.
   *
   * @throws IOException when it ended otherwise, or is not ready in time
   */
  boolean awaitReady() throws IOException, InterruptedException {
    if (READY.matcher(firstLine()).matches()) {
      return true;
    }
    if (awaitEnd(PATIENCE) && process.exitValue() == KILLED) {
      return false;
    }
    throw new IOException("the program did not start; see " + log);
  }

  private String firstLine() throws IOException, InterruptedException {
    try {
      return firstLine.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the program is not ready after " + PATIENCE + "; see " + log, e);
    }
  }

  private Matcher ready() throws IOException, InterruptedException {
    Matcher ready = READY.matcher(firstLine());
    if (!ready.matches()) {
      throw new IOException("the program did not start; see " + log);
    }
    return ready;
  }

  /** Where it takes mail; waits until it does. */
  public InetSocketAddress smtp() throws IOException, InterruptedException {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), Integer.parseInt(ready().group(1)));
  }

  /** Where it answers requests, without a slash at the end; waits until it does. */
  public URI http() throws IOException, InterruptedException {
    return URI.create(ready().group(2));
  }

  /** Its number, by which the system knows it. */
  public long pid() {
    return process.pid();
  }

  /** Has something done as soon as it has ended, on a thread of the system's. */
  void whenEnded(Runnable then) {
    var unused = process.onExit().thenRun(then);
  }

  /** SIGKILL. Any thread; {@link #awaitEnd} tells when it has had its effect. */
  void signalKill() {
    process.toHandle().destroyForcibly();
  }

  /** As kill -9 does; returns when it is dead. */
  public void kill() throws IOException, InterruptedException {
    signalKill();
    requireEnd();
  }

  /** As kill does; says the exit status. */
  public int stop() throws IOException, InterruptedException {
    // The handle's, because the process's own closes the streams, too.
    process.toHandle().destroy();
    requireEnd();
    return process.exitValue();
  }

  /** Whether it ends within so long. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void requireEnd() throws IOException, InterruptedException {
    if (!awaitEnd(PATIENCE)) {
      throw new IOException("the program does not end; see " + log);
    }
  }

  /** What it printed after it was ready; once it has ended. */
  public List<String> furtherOutput() {
    return out.lines().toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
