package io.github.mailflowlab.cli;

import io.github.mailflowlab.node.LogFormat;
import io.github.mailflowlab.node.StartupException;
import io.github.mailflowlab.node.Version;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** {@code mailflow}: the program, and the exit status of everything it does. */
@Command(
    name = "mailflow",
    description = "Exchange Online's outbound connector, its queue and its alerts, on one machine.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = MailFlow.VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CheckCommand.class,
      ValidateCommand.class,
      SendCommand.class,
      QueueCommand.class,
      MessageCommand.class,
      TraceCommand.class,
      MailboxCommand.class,
      AlertsCommand.class,
      ReportCommand.class,
      ConnectorCommand.class,
      DomainCommand.class,
      ClockCommand.class,
      FaultCommand.class,
      LabCommand.class,
      ScenarioCommand.class,
      ExplainCommand.class,
      BenchCommand.class
    })
public final class MailFlow {
  /** Done. */
  static final int OK = 0;

  /** The thing asked about failed. */
  static final int FAILED = 1;

  /** Wrong usage or configuration. */
  static final int USAGE = 2;

  /** The running instance could not be reached. */
  static final int UNREACHABLE = 3;

  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"mailflow " + Version.text()};
    }
  }

  private MailFlow() {}

  public static void main(String[] arguments) {
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Optional<String> problem = LogFormat.problem();
    problem.ifPresent(err::println);
    System.exit(
        problem.isPresent()
            ? USAGE
            : execute(new PrintWriter(System.out, true, StandardCharsets.UTF_8), err, arguments));
  }

  /** Runs one command line, and says its exit status. */
  static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new MailFlow())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, MailFlow::duration)
        .setExecutionExceptionHandler(MailFlow::failed)
        .execute(arguments);
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("expected a duration such as PT10S");
    }
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof CommandFailure failure) {
      command.getErr().println(failure.getMessage());
      return failure.exitStatus();
    }
    if (e instanceof StartupException) {
      command.getErr().println(e.getMessage());
      return USAGE;
    }
    throw e;
  }
}
