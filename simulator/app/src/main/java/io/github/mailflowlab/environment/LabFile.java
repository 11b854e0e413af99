package io.github.mailflowlab.environment;

import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.settings.AddressText;
import io.github.mailflowlab.settings.Problems;
import io.github.mailflowlab.settings.ReadOutcome;
import io.github.mailflowlab.settings.Section;
import io.github.mailflowlab.settings.Security;
import io.github.mailflowlab.settings.SecuritySection;
import io.github.mailflowlab.settings.YamlFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A lab without a connector, as it is written down.
 *
 * @param http where its API listens
 * @param dnsPort where its DNS server listens on 127.0.0.1; 0 for any free port
 * @param security present for an API that listens beyond loopback
 * @param start the lab's time when it starts; empty for the system's
 * @param paused whether the lab's time stands still until somebody moves it
 * @param seed of what is left to chance
 * @param hosts at least one
 */
public record LabFile(
    InetSocketAddress http,
    int dnsPort,
    Optional<Security> security,
    Optional<Instant> start,
    boolean paused,
    int seed,
    List<HostPlan> hosts) {
  private static final int MAX_PORT = 65_535;
  private static final int LARGEST_SEED = 999_999_999;

  public LabFile {
    hosts = List.copyOf(hosts);
  }

  /** The same lab with another seed. */
  public LabFile withSeed(int other) {
    return new LabFile(http, dnsPort, security, start, paused, other, hosts);
  }

  /**
   * Reads a file. Whatever is wrong with it, or with reaching it, is in the outcome.
   *
   * @param environment looks up a variable
   */
  public static ReadOutcome<LabFile> read(
      Path path, Function<String, Optional<String>> environment) {
    Problems problems = new Problems(path.toString());
    return ReadOutcome.of(
        YamlFile.section(path, problems), problems, top -> read(top, environment));
  }

  private static LabFile read(Section top, Function<String, Optional<String>> environment) {
    Optional<List<Section>> items = top.sections("hosts");
    if (items.isEmpty() || items.get().isEmpty()) {
      top.problem("hosts", "none (expected: at least one)");
    }
    Section listen = top.section("listen");
    LabFile file =
        new LabFile(
            http(listen, top.has("security")),
            listen.integer("dns", 1, MAX_PORT).orElse(0),
            top.has("security")
                ? SecuritySection.read(top.section("security"), environment)
                : Optional.empty(),
            top.parsed("start", LabFile::instant, "an instant such as 2030-01-01T00:00:00Z"),
            top.flag("paused").orElse(false),
            top.integer("seed", 0, LARGEST_SEED).orElse(1),
            HostsSection.read(items.orElse(List.of())));
    listen.rejectUnknown();
    top.rejectUnknown();
    return file;
  }

  private static InetSocketAddress http(Section listen, boolean secured) {
    InetSocketAddress http =
        listen
            .parsed("http", AddressText::listener, "address:port, port 0 for any free one")
            .orElseGet(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    if (!secured && !http.getAddress().isLoopbackAddress()) {
      listen.problem(
          "http", "beyond loopback (expected: a loopback address, or security.token and .allow)");
    }
    return http;
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
