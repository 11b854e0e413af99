package io.github.mailflowlab.cli;

import io.github.mailflowlab.alerting.Advice;
import io.github.mailflowlab.alerting.Explanation;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code explain CODE}: what a code means and what to do about it. A whole error may be given, as
 * it was copied: it tells more than its code.
 */
@Command(
    name = "explain",
    description = "Explains a code, for example 4.4.316, or a whole last error or reply.")
final class ExplainCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();

  @Parameters(paramLabel = "CODE", arity = "1..*", description = "For example 4.4.316.")
  private List<String> code = List.of();

  @Override
  public Integer call() {
    String text = String.join(" ", code);
    Explanation explanation =
        Advice.explain(text).orElseThrow(() -> new CommandFailure(MailFlow.USAGE, unknown(text)));
    if (!console.printedAsJson(explanation)) {
      print(console.out(), explanation);
    }
    return MailFlow.OK;
  }

  private static String unknown(String text) {
    List<String> nearest = Advice.nearest(text);
    return Console.safe(text)
        + (nearest.isEmpty()
            ? " is no code of class 4 or 5 (x.y.z, for example 4.4.316)."
            : " is no code that a connector gives. Nearest: "
                + String.join(", ", nearest)
                + ". If a server said it, give its whole reply, from the three digits on.");
  }

  private static void print(PrintWriter out, Explanation explanation) {
    out.println(explanation.code() + "  " + explanation.title());
    out.println(explanation.meaning());
    printAdvice(out, explanation);
  }

  /** Why it is so, and what to do. */
  static void printAdvice(PrintWriter out, Explanation explanation) {
    section(out, "Possible causes", explanation.causes());
    section(out, "How to tell which", explanation.howToTell());
    section(out, "What to do", explanation.whatToDo());
    section(out, "If the server is a partner's", explanation.partner());
  }

  static void section(PrintWriter out, String heading, List<String> lines) {
    out.println(heading);
    lines.forEach(line -> out.println("  - " + line));
  }
}
