package io.github.mailflowlab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.github.mailflowlab.document.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A node in a process of its own, asked by REST as everybody else does, and by JMX for what it
 * uses. For one thread, which all methods block.
 */
final class ChildNode implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "mailflow ready smtp=127\\.0\\.0\\.1:(\\d+) http=(http://127\\.0\\.0\\.1:\\d+)/");

  private final Process process;
  private final BufferedReader out;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Instant readyAt;
  private final InetSocketAddress smtp;
  private final String url;
  private final JMXConnector management;

  private ChildNode(InstantSource clock, Process process, Path log) throws IOException {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    String line = String.valueOf(out.readLine());
    Matcher ready = READY.matcher(line);
    if (!ready.matches()) {
      throw new IOException("the node did not start; see " + log);
    }
    readyAt = clock.instant();
    smtp =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ready.group(1)));
    url = ready.group(2) + "/api/v1";
    management = attach(process.pid());
  }

  /** Starts it, and returns once it is ready. */
  static ChildNode start(InstantSource clock, List<String> command, Path config, Path log)
      throws IOException {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of("--config", config.toString()));
    Process process =
        new ProcessBuilder(words)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      return new ChildNode(clock, process, log);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  @SuppressWarnings("BanJNDI") // The other end is our own child.
  private static JMXConnector attach(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("the node's process cannot be looked into: " + e.getMessage(), e);
    }
  }

  /** When it said that it was ready. */
  Instant ready() {
    return readyAt;
  }

  InetSocketAddress smtp() {
    return smtp;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return answer(HttpRequest.newBuilder(URI.create(url + path)).build());
  }

  JsonNode post(String path, String json) throws IOException, InterruptedException {
    return answer(
        HttpRequest.newBuilder(URI.create(url + path))
            .POST(BodyPublishers.ofString(json))
            .header("Content-Type", "application/json")
            .build());
  }

  private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(request.uri() + ": " + response.body());
    }
    return Json.tree(response.body());
  }

  /** Processor time of the whole process so far. */
  long cpuNanos() throws IOException {
    return ManagementFactory.newPlatformMXBeanProxy(
            connection(),
            ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME,
            OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }

  /** Octets of heap that a full collection leaves. */
  long liveHeap() throws IOException {
    MemoryMXBean memory =
        ManagementFactory.newPlatformMXBeanProxy(
            connection(), ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private MBeanServerConnection connection() throws IOException {
    return management.getMBeanServerConnection();
  }

  /** The most memory it ever had, heap and all else, in octets; Linux knows. */
  OptionalLong peakMemory() {
    OptionalLong kilobytes = figure("status", "VmHWM:");
    return kilobytes.isPresent()
        ? OptionalLong.of(kilobytes.getAsLong() << 10)
        : OptionalLong.empty();
  }

  /** Octets that it gave the disk to write so far; Linux knows. */
  OptionalLong written() {
    return figure("io", "write_bytes:");
  }

  private OptionalLong figure(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", "" + process.pid(), file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** Ends it as SIGTERM does, and waits for the end. */
  @Override
  public void close() throws IOException {
    management.close();
    process.toHandle().destroy();
    process.onExit().join();
    out.close();
  }
}
