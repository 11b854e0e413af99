package io.github.mailflowlab.cli;

import io.github.mailflowlab.cli.Instance.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command about one connector or one accepted domain of a running instance. */
abstract class ConfiguredCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();
  @Mixin private final Instance instance = new Instance();

  @Parameters(index = "0", paramLabel = "NAME", description = "As in the list.")
  private String name = "";

  final String name() {
    return name;
  }

  final int show(String path) {
    Configured.print(console, instance.get(path));
    return MailFlow.OK;
  }

  /** Forgets what was changed, and shows what is left, or that nothing is. */
  final int reset(String path, String what) {
    Answer answer =
        Instance.successful(
            instance.request("DELETE", path, BodyPublishers.noBody(), "application/json"));
    if (answer.body().length > 0) {
      Configured.print(console, answer.document());
    } else if (!console.printedAsJson(Map.of())) {
      console.out().println("There is no " + what + " " + Console.safe(name) + " any more.");
    }
    return MailFlow.OK;
  }
}
