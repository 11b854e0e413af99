package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code message suspend|resume|retry|reroute|remove|export}. */
@Command(
    name = "message",
    description = "Does something to messages that wait: one of them, or all of a filter.",
    subcommands = {
      MessageCommand.Suspend.class,
      MessageCommand.Resume.class,
      MessageCommand.Retry.class,
      MessageCommand.Reroute.class,
      MessageCommand.Remove.class,
      MessageCommand.Export.class
    })
final class MessageCommand {

  /** What all operations have in common. */
  abstract static class Operation implements Callable<Integer> {
    private final String name;
    private final String done;

    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();
    @Mixin private final Ordering ordering = new Ordering();

    @Mixin private final Matching matching = new Matching();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "As in trace.")
    private String id = "";

    @Option(names = "--all", description = "All that wait, instead of an ID or a filter.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only count those that the filter means.")
    private boolean dryRun;

    Operation(String name, String done) {
      this.name = name;
      this.done = done;
    }

    /** More of the query. */
    String query() {
      return "";
    }

    @Override
    public Integer call() {
      boolean many = all || !matching.query().isEmpty();
      if (many != id.isEmpty() || (dryRun && !many)) {
        throw new CommandFailure(
            MailFlow.USAGE, "Expected an ID, a filter such as --code 4.4.316, or --all.");
      }
      return many ? operateOnAll() : operate();
    }

    private int operate() {
      String query = query().isEmpty() ? "" : "?" + query();
      JsonNode message =
          ordering.post(instance, "/messages/" + Instance.encoded(id) + "/" + name + query);
      if (!console.printedAsJson(message)) {
        console.out().println("Message " + Fields.text(message, "id") + " is " + done + ".");
      }
      return MailFlow.OK;
    }

    private int operateOnAll() {
      String query =
          Stream.of(matching.query(), query(), all ? "all=true" : "", dryRun ? "dryRun=true" : "")
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining("&"));
      JsonNode result =
          ordering.post(instance, "/messages/actions?operation=" + name + "&" + query);
      long matched = result.path("matched").asLong();
      long others = matched - result.path("done").asLong();
      if (!console.printedAsJson(result)) {
        print(matched, others, result);
      }
      return dryRun || others == 0 ? MailFlow.OK : MailFlow.FAILED;
    }

    private void print(long matched, long others, JsonNode result) {
      if (dryRun) {
        console.out().println(matched + " messages would be " + done + ", where that applies.");
        return;
      }
      console.out().println((matched - others) + " of " + matched + " messages are " + done + ".");
      if (others > 0) {
        console
            .out()
            .println("The others were left as they are: " + Fields.text(result, "obstacle"));
      }
    }
  }

  @Command(name = "suspend", description = "Holds a message back; its expiry goes on.")
  static final class Suspend extends Operation {
    Suspend() {
      super("suspend", "suspended");
    }
  }

  @Command(name = "resume", description = "Holds a message back no more.")
  static final class Resume extends Operation {
    Resume() {
      super("resume", "resumed");
    }
  }

  @Command(name = "retry", description = "Tries a message now that waits on its own clock.")
  static final class Retry extends Operation {
    Retry() {
      super("retry", "being tried");
    }
  }

  @Command(
      name = "reroute",
      description = "Routes the recipients a message waits for again, after connectors changed.")
  static final class Reroute extends Operation {
    Reroute() {
      super("reroute", "routed again");
    }
  }

  @Command(name = "remove", description = "Gives a message up and tells its sender in an NDR.")
  static final class Remove extends Operation {
    @Option(names = "--no-ndr", description = "Tell nobody.")
    private boolean silent;

    Remove() {
      super("remove", "removed");
    }

    @Override
    String query() {
      return "ndr=" + !silent;
    }
  }

  /** {@code message export}. */
  @Command(name = "export", description = "The content of a message, octet by octet.")
  static final class Export implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "ID", description = "As in trace.")
    private String id = "";

    @Option(names = "--to", paramLabel = "FILE", description = "A new file, not standard output.")
    private @Nullable Path file;

    @Override
    public Integer call() {
      byte[] content = instance.getRaw("/messages/" + Instance.encoded(id) + "/content");
      if (file == null) {
        console.write(content);
      } else {
        write(file, content);
      }
      return MailFlow.OK;
    }

    private static void write(Path file, byte[] content) {
      try {
        Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (FileAlreadyExistsException e) {
        throw new CommandFailure(
            MailFlow.USAGE, "--to: " + file + " exists (expected: a new file)");
      } catch (IOException e) {
        throw new CommandFailure(MailFlow.FAILED, "--to: " + file + " cannot be written.");
      }
    }
  }
}
