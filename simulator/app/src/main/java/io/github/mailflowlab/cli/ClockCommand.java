package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clock show|advance|speed|pause|resume}. */
@Command(
    name = "clock",
    description = "Reads and steers the lab's time.",
    subcommands = {
      ClockCommand.Show.class,
      ClockCommand.Advance.class,
      ClockCommand.Speed.class,
      ClockCommand.Pause.class,
      ClockCommand.Resume.class
    })
final class ClockCommand {

  private static int print(Console console, JsonNode clock) {
    if (!console.printedAsJson(clock)) {
      Fields.print(console.out(), clock);
    }
    return MailFlow.OK;
  }

  /** {@code clock show}. */
  @Command(name = "show", description = "What time it is in the lab.")
  static final class Show implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      return print(console, instance.get("/clock"));
    }
  }

  /** {@code clock advance PT24H|next|expiry|INSTANT}. */
  @Command(
      name = "advance",
      description = "Lets time pass, and waits until all that became due is done.")
  static final class Advance implements Callable<Integer> {
    private static final int PROGRESS_SECONDS = 1;

    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(
        paramLabel = "TARGET",
        description = "A duration (PT24H), next, expiry, or an instant (2030-01-01T00:00:00Z).")
    private String target = "";

    @Option(names = "--no-wait", description = "Answer at once.")
    private boolean noWait;

    @Override
    public Integer call() throws InterruptedException {
      String key = target.startsWith("P") ? "by" : "to";
      String body = Json.compact(Map.of(key, target));
      CompletableFuture<JsonNode> advanced =
          CompletableFuture.supplyAsync(
              () -> instance.send("POST", "/clock/advance?wait=" + !noWait, body));
      return print(console, awaited(advanced));
    }

    private JsonNode awaited(CompletableFuture<JsonNode> advanced) throws InterruptedException {
      String shown = "";
      while (true) {
        try {
          return advanced.get(PROGRESS_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
          String now = Fields.text(instance.get("/clock"), "now");
          if (!now.equals(shown)) {
            console.err().println("lab time " + now + ", waiting for the attempts of this instant");
          }
          shown = now;
        } catch (ExecutionException e) {
          throw e.getCause() instanceof RuntimeException cause
              ? cause
              : new CompletionException(e.getCause());
        }
      }
    }
  }

  /** {@code clock speed FACTOR}. */
  @Command(name = "speed", description = "Sets how fast the lab's time runs; 1 is real time.")
  static final class Speed implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(paramLabel = "FACTOR", description = "0.1 to 100000.")
    private double factor;

    @Override
    public Integer call() {
      return print(
          console, instance.send("PATCH", "/clock", Json.compact(Map.of("speed", factor))));
    }
  }

  /** {@code clock pause}. */
  @Command(name = "pause", description = "Stops the lab's time.")
  static final class Pause implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      return print(console, instance.send("PATCH", "/clock", Json.compact(Map.of("paused", true))));
    }
  }

  /** {@code clock resume}. */
  @Command(name = "resume", description = "Lets the lab's time run again.")
  static final class Resume implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      return print(
          console, instance.send("PATCH", "/clock", Json.compact(Map.of("paused", false))));
    }
  }
}
