package io.github.mailflowlab.cli;

import io.github.mailflowlab.bench.BenchPlan;
import io.github.mailflowlab.bench.BenchSink;
import io.github.mailflowlab.bench.ClientBench;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.document.BenchDocument;
import io.github.mailflowlab.node.Addresses;
import io.github.mailflowlab.settings.AddressText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench audit|client|relay|scale|spool|sink}. */
@Command(
    name = "bench",
    description = "Measures parts of this program, and what it is worth when it is killed.",
    subcommands = {
      BenchAuditCommand.class,
      BenchCommand.Client.class,
      BenchRelayCommand.class,
      BenchScaleCommand.class,
      BenchSpoolCommand.class,
      BenchCommand.Sink.class
    })
final class BenchCommand {

  /** {@code bench client SINK}. */
  @Command(name = "client", description = "Measures the SMTP client against a sink.")
  static final class Client implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final BenchLoad load = new BenchLoad();

    @Parameters(
        paramLabel = "SINK",
        description = "A server that throws mail away: name:port or [address]:port.")
    private String sink = "";

    @Option(
        names = "--connections",
        defaultValue = "20",
        paramLabel = "N",
        description = "Connections at the same time (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--no-reuse", description = "A connection for each message.")
    private boolean noReuse;

    @Option(names = "--tls", description = "Demand TLS, whatever the certificate.")
    private boolean tls;

    @Override
    public Integer call() {
      BenchPlan plan = plan();
      try (ClientBench bench = new ClientBench(plan, SystemTime.source())) {
        bench
            .refusal()
            .ifPresent(
                why -> {
                  throw new CommandFailure(
                      MailFlow.FAILED,
                      "The sink " + plan.sink() + " takes no mail: " + Console.safe(why));
                });
        BenchDocument result = bench.run();
        if (!console.printedAsJson(result)) {
          print(result);
        }
        return result.allDelivered() ? MailFlow.OK : MailFlow.FAILED;
      }
    }

    private BenchPlan plan() {
      SmartHost host =
          SmartHost.parse(sink)
              .orElseThrow(
                  () ->
                      wrong(
                          "SINK: "
                              + Console.safe(sink)
                              + " (expected: name:port or [address]:port)"));
      TlsSettings demanded = tls ? TlsSettings.ENCRYPTION_ONLY : TlsSettings.OPPORTUNISTIC;
      try {
        return new BenchPlan(
            host, load.messages(), load.warmUp(), connections, load.size(), !noReuse, demanded);
      } catch (IllegalArgumentException e) {
        throw wrong("--" + e.getMessage());
      }
    }

    private static CommandFailure wrong(String message) {
      return new CommandFailure(MailFlow.USAGE, message);
    }

    private void print(BenchDocument result) {
      new Table("MESSAGES/S", "CPU MS/1000", "P50 MS", "P99 MS", "OCTETS ALLOCATED/MESSAGE")
          .row(
              Math.round(result.messagesPerSecond()),
              result.cpuMillisPerThousand(),
              result.p50Millis(),
              result.p99Millis(),
              result.allocatedPerMessage())
          .print(console.out());
      if (!result.allDelivered()) {
        printFailures(result);
      }
    }

    private void printFailures(BenchDocument result) {
      console.out().println();
      Table table = new Table("CODE", "MESSAGES", "FOR EXAMPLE");
      result.failures().forEach(why -> table.row(why.code(), why.count(), why.example()));
      table.print(console.out());
      if (result.notTried() > 0) {
        console
            .out()
            .println("Given up with " + result.notTried() + " messages left: too many failures.");
      }
    }
  }

  /** {@code bench sink}. */
  @Command(name = "sink", description = "Takes mail and throws it away, until SIGTERM.")
  static final class Sink implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec command;

    @Option(
        names = "--listen",
        defaultValue = "127.0.0.1:2525",
        paramLabel = "HOST:PORT",
        description = "A loopback address; port 0 is any free one (default: ${DEFAULT-VALUE}).")
    private String listen = "";

    @Override
    public Integer call() throws InterruptedException {
      InetSocketAddress address =
          AddressText.listener(listen)
              .filter(read -> read.getAddress().isLoopbackAddress())
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          MailFlow.USAGE,
                          "--listen: " + Console.safe(listen) + " (expected: loopback IP:PORT)"));
      try (BenchSink sink = BenchSink.start(address)) {
        command.commandLine().getOut().println("sink ready " + Addresses.text(sink.address()));
        // Until the process is told to stop.
        Thread.currentThread().join();
      } catch (IOException e) {
        throw new CommandFailure(MailFlow.USAGE, String.valueOf(e.getMessage()));
      }
      return MailFlow.OK;
    }
  }
}
