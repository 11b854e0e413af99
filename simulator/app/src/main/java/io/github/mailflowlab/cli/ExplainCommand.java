package io.github.mailflowlab.cli;

import io.github.mailflowlab.alerting.Advice;
import io.github.mailflowlab.alerting.Explanation;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code explain CODE}: what a code means and what to do about it. */
@Command(name = "explain", description = "Explains a code, for example 4.4.316.")
final class ExplainCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();

  @Parameters(paramLabel = "CODE", arity = "1..*", description = "For example 4.4.316.")
  private List<String> code = List.of();

  @Override
  public Integer call() {
    String text = String.join(" ", code);
    Explanation explanation =
        Advice.explain(text)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        MailFlow.FAILED,
                        Console.safe(text) + " is no code that a connector gives (x.y.z)."));
    if (!console.printedAsJson(explanation)) {
      print(console.out(), explanation);
    }
    return MailFlow.OK;
  }

  private static void print(PrintWriter out, Explanation explanation) {
    out.println(explanation.code() + "  " + explanation.title());
    out.println(explanation.meaning());
    section(out, "Possible causes", explanation.causes());
    section(out, "What to do", explanation.whatToDo());
    section(out, "If the server is a partner's", explanation.partner());
  }

  private static void section(PrintWriter out, String heading, List<String> lines) {
    out.println(heading);
    lines.forEach(line -> out.println("  - " + line));
  }
}
