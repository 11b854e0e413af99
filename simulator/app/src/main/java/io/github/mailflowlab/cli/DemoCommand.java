package io.github.mailflowlab.cli;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.demo.Demo;
import io.github.mailflowlab.document.DemoDocument;
import io.github.mailflowlab.document.DemoDocument.Row;
import io.github.mailflowlab.node.StartupException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: every fault in one simulated day. */
@Command(
    name = "demo",
    description =
        "Sends mail to a broken server of every kind and lets a day pass: codes, retries, alerts, NDRs.")
final class DemoCommand implements Callable<Integer> {
  private static final long DEFAULT_SEED = 1;

  @Mixin private final Console console = new Console();

  @Option(names = "--seed", description = "Of the jitter (default: ${DEFAULT-VALUE}).")
  private long seed = DEFAULT_SEED;

  @Override
  public Integer call() throws StartupException, InterruptedException {
    DemoDocument result = new Demo(console.err()::println, seed).run(SystemTime.source());
    if (!console.printedAsJson(result)) {
      print(result);
    }
    return result.succeeded() ? MailFlow.OK : MailFlow.FAILED;
  }

  private void print(DemoDocument result) {
    Table table =
        new Table(
            "FAULT", "CODE", "ATTEMPTS", "ALERT", "NDR", "OUTCOME", "AS EXPECTED", "LAST ERROR");
    for (Row row : result.rows()) {
      table.row(
          row.fault(),
          row.code().orElse("-"),
          row.attempts(),
          row.alert() ? "yes" : "no",
          row.ndrStatus().orElse("-"),
          row.outcome(),
          row.asExpected() ? "yes" : "NO, expected " + row.expectedCode().orElse("delivery"),
          row.lastError().orElse("-"));
    }
    table.print(console.out());
    console.out().println(result.succeeded() ? "All as expected." : "Not all as expected.");
  }
}
