package io.github.mailflowlab.cli;

import io.github.mailflowlab.alerting.Advice;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.config.NearestWords;
import io.github.mailflowlab.demo.FaultTrial;
import io.github.mailflowlab.document.FaultDocument;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.order.FaultOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fault list|explain}, which need no running instance, and {@code set|show|clear}. */
@Command(
    name = "fault",
    description = "Shows every way in which a smart host can fail, and lets a lab's host fail so.",
    subcommands = {
      FaultCommand.Listing.class,
      FaultCommand.Explain.class,
      HostFaults.Set.class,
      HostFaults.Show.class,
      HostFaults.Clear.class
    })
final class FaultCommand {
  private static FaultDocument.Listing catalogue() {
    return FaultDocument.Listing.of(FailureCatalogue.load(), Lab.implementedFaultIds());
  }

  /** {@code fault list}. */
  @Command(name = "list", description = "Lists the faults, with their code per TLS setting.")
  static final class Listing implements Callable<Integer> {
    @Mixin private final Console console = new Console();

    @Override
    public Integer call() {
      FaultDocument.Listing document = catalogue();
      if (!console.printedAsJson(document)) {
        Table table =
            new Table(
                "ID",
                "OPPORTUNISTIC",
                "ENCRYPTION",
                "CERTIFICATE",
                "DOMAIN",
                "PROOF",
                "IN THE LAB",
                "WHAT IS BROKEN");
        for (FaultDocument fault : document.faults()) {
          FaultDocument.Codes codes = fault.codes();
          table.row(
              fault.id(),
              codes.opportunistic(),
              codes.encryptionOnly(),
              codes.certificateValidation(),
              codes.domainValidation(),
              fault.proof(),
              fault.implemented() ? "yes" : "no",
              fault.title());
        }
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }

  /** {@code fault explain ID}. */
  @Command(name = "explain", description = "Explains a fault and the codes it leads to.")
  static final class Explain implements Callable<Integer> {
    @Mixin private final Console console = new Console();

    @Parameters(paramLabel = "ID", description = "As in fault list.")
    private String id = "";

    @Option(
        names = "--no-try",
        description = "Do not stage the fault to show what a connector sees of it.")
    private boolean noTry;

    @Override
    public Integer call() {
      FaultDocument fault =
          catalogue().faults().stream()
              .filter(one -> one.id().equals(id))
              .findFirst()
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          MailFlow.USAGE,
                          "There is no fault "
                              + Console.safe(id)
                              + NearestWords.hint(id, FailureCatalogue.load().entries().keySet())
                              + " (see: mailflow fault list)."));
      if (!console.printedAsJson(fault)) {
        print(fault);
      }
      return MailFlow.OK;
    }

    private void print(FaultDocument fault) {
      FaultDocument.Codes codes = fault.codes();
      console.out().println(fault.id() + "  " + fault.title());
      new Table("TLS SETTING", "CODE")
          .row("opportunistic", codes.opportunistic())
          .row("EncryptionOnly", codes.encryptionOnly())
          .row("CertificateValidation", codes.certificateValidation())
          .row("DomainValidation", codes.domainValidation())
          .print(console.out());
      codes.inOrder().stream().distinct().map(Explain::meaning).forEach(console.out()::println);
      if (!noTry) {
        FaultTrial.of(fault.id(), SystemTime.source())
            .ifPresentOrElse(
                this::print, () -> console.out().println("This machine cannot make it."));
      }
      ExplainCommand.section(console.out(), "How to reproduce", reproduction(fault.id()));
    }

    /** What a connector saw of it, just now and here. */
    private void print(ValidationDocument seen) {
      ExplainCommand.section(console.out(), "What is seen", safe(seen.transcript()));
      String error = seen.lastError().orElse("");
      console.out().println("What Microsoft 365 shows");
      console.out().println("  " + (error.isEmpty() ? "nothing: delivered" : Console.safe(error)));
      Advice.explain(error)
          .ifPresent(explanation -> ExplainCommand.printAdvice(console.out(), explanation));
    }

    private static List<String> safe(List<String> transcript) {
      return transcript.stream().map(Console::safe).toList();
    }

    /** Faults that are DNS servers' own have to be there from the start, in Java. */
    private static List<String> reproduction(String id) {
      boolean canBeOrdered = FaultOrder.check(Map.of("id", id)).problems().isEmpty();
      return canBeOrdered
          ? List.of(
              "a host of a running lab: mailflow fault set HOST --id " + id,
              "a file for mailflow lab: hosts: [{ name: HOST, faults: [{ id: " + id + " }] }]",
              "a test in Java: lab.host(\"HOST\", 0).add(FaultOrder.of(\"" + id + "\"))")
          : List.of("a test in Java: lab.stage(\"" + id + "\")");
    }

    private static String meaning(String code) {
      return switch (code) {
        case "none" -> "none: the mail is delivered all the same.";
        case "remote" -> "remote: what the server itself replies is the error.";
        default -> code + ": " + Advice.explain(code).orElseThrow().meaning();
      };
    }
  }
}
