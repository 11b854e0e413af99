package io.github.mailflowlab.cli;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.node.Addresses;
import io.github.mailflowlab.node.DefaultLab;
import io.github.mailflowlab.node.LastingNode;
import io.github.mailflowlab.node.StartupException;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: a lab, until it is told to stop. */
@Command(
    name = "run",
    description = "Runs a lab until SIGTERM; without --config, one with a built-in healthy server.")
final class RunCommand implements Callable<Integer> {
  private static final long SEED = 1;

  /** How often a standby looks whether the spool is free. */
  private static final Duration STANDBY_PAUSE = Duration.ofSeconds(1);

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  private CommandSpec command;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory, whatever the file says.")
  private @Nullable Path data;

  @Option(names = "--smtp", paramLabel = "HOST:PORT", description = "Where to listen for mail.")
  private @Nullable String smtp;

  @Option(names = "--http", paramLabel = "HOST:PORT", description = "Where to listen for requests.")
  private @Nullable String http;

  @Option(
      names = "--standby",
      description =
          "While another instance has the folder, wait until it ends; on a server none waits.")
  private boolean standby;

  @Override
  public Integer call() throws StartupException, InterruptedException {
    if (config != null) {
      return serve(adapted(Valid.of(SettingsReader.read(config))), () -> {});
    }
    try (Lab lab = Lab.start(SystemTime.source());
        StagedFault healthy = lab.stageHealthy()) {
      return serve(adapted(DefaultLab.settings(Path.of(""), lab, healthy)), lab::close);
    }
  }

  /** Serves until the process is told to stop; then closes the node and what was started for it. */
  private int serve(LabSettings settings, Runnable surroundings)
      throws StartupException, InterruptedException {
    LastingNode node = start(settings);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.close();
                  surroundings.run();
                  // A lab that was told to stop and did has not failed, whatever the signal.
                  Runtime.getRuntime().halt(MailFlow.OK);
                },
                "shutdown"));
    command
        .commandLine()
        .getOut()
        .println(
            "mailflow ready smtp="
                + Addresses.text(node.smtpAddress())
                + " http=http://"
                + Addresses.text(node.httpAddress())
                + "/");
    // For ever: the hook ends the process.
    Thread.currentThread().join();
    return MailFlow.OK;
  }

  private LastingNode start(LabSettings settings) throws StartupException, InterruptedException {
    boolean told = false;
    while (true) {
      try {
        return LastingNode.start(settings, SEED);
      } catch (StartupException e) {
        if (!standby || !e.isSpoolInUse()) {
          throw e;
        }
        if (!told) {
          command.commandLine().getErr().println("mailflow standby: " + e.getMessage());
          told = true;
        }
      }
      // So long, because nobody else ends this thread.
      Thread.currentThread().join(STANDBY_PAUSE.toMillis());
    }
  }

  private LabSettings adapted(LabSettings settings) {
    LabSettings adapted = settings;
    if (data != null) {
      adapted = adapted.withData(data);
    }
    if (smtp != null) {
      adapted =
          adapted.withListen(
              new LabSettings.Listen(Listening.address("--smtp", smtp), adapted.listen().http()));
    }
    if (http != null) {
      adapted =
          adapted.withListen(
              new LabSettings.Listen(adapted.listen().smtp(), Listening.address("--http", http)));
    }
    return adapted;
  }
}
