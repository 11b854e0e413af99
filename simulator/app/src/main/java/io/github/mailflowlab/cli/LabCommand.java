package io.github.mailflowlab.cli;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.environment.LabFile;
import io.github.mailflowlab.node.StandaloneLab;
import io.github.mailflowlab.node.StartupException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lab}: broken hosts for somebody's own sender, until it is told to stop. */
@Command(
    name = "lab",
    description =
        "Runs broken hosts, their DNS server and an API until SIGTERM, without a connector;"
            + " prints where they are as one JSON document.")
final class LabCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  private CommandSpec command;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The hosts and their faults.")
  private Path config = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of what is left to chance, whatever the file says.")
  private @Nullable Integer seed;

  @Override
  public Integer call() throws StartupException, InterruptedException {
    LabFile file = Valid.of(LabFile.read(config, name -> Optional.ofNullable(System.getenv(name))));
    StandaloneLab lab =
        StandaloneLab.start(seed == null ? file : file.withSeed(seed), SystemTime.source());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  lab.close();
                  // A lab that was told to stop and did has not failed, whatever the signal.
                  Runtime.getRuntime().halt(MailFlow.OK);
                },
                "shutdown"));
    // On one line: whoever started it reads a line and knows all.
    command.commandLine().getOut().println(Json.compact(lab.document()));
    // For ever: the hook ends the process.
    Thread.currentThread().join();
    return MailFlow.OK;
  }
}
