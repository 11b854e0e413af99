package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.document.LessonDocument;
import io.github.mailflowlab.training.Curriculum;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code train list|start|status|hint|check|solution|reset|inject}. */
@Command(
    name = "train",
    description = "Break and fix: something is wrong with the mail flow, and you put it right.",
    subcommands = {
      TrainCommand.Listing.class,
      TrainStartCommand.class,
      TrainCommand.Status.class,
      TrainCommand.Hint.class,
      TrainCommand.Check.class,
      TrainCommand.Solution.class,
      TrainCommand.Reset.class,
      TrainCommand.Inject.class
    })
final class TrainCommand {
  /** What a lesson is about, for people. */
  static void print(PrintWriter out, JsonNode lesson) {
    out.println(Fields.text(lesson, "title") + " (" + Fields.text(lesson, "id") + ")");
    paragraph(out, "Story", lesson.path("story").asText());
    paragraph(out, "Symptoms", lesson.path("symptoms").asText());
    paragraph(out, "Goal", lesson.path("goal").asText());
    out.println();
    out.println("Commands that help");
    lesson
        .path("commands")
        .forEach(command -> out.println("  mailflow " + Console.safe(command.asText())));
    out.println("Then: mailflow train hint | check | solution | reset");
  }

  private static void paragraph(PrintWriter out, String heading, String text) {
    out.println();
    out.println(heading);
    text.lines().forEach(line -> out.println("  " + Console.safe(line)));
  }

  /** {@code train list}; needs no running instance. */
  @Command(name = "list", description = "Lists the lessons, in the order to do them.")
  static final class Listing implements Callable<Integer> {
    @Mixin private final Console console = new Console();

    @Override
    public Integer call() {
      LessonDocument.Listing lessons = Curriculum.lessons();
      if (!console.printedAsJson(lessons)) {
        Table table = new Table("LESSON", "CODE", "ABOUT");
        for (LessonDocument.Entry lesson : lessons.lessons()) {
          table.row(lesson.id(), lesson.code(), lesson.title());
        }
        table.print(console.out());
      }
      return MailFlow.OK;
    }
  }

  /** {@code train status}. */
  @Command(name = "status", description = "Tells again what the lesson is about.")
  static final class Status implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode lesson = instance.get("/training");
      if (!console.printedAsJson(lesson)) {
        print(console.out(), lesson);
        console
            .out()
            .println(
                "Hints given: "
                    + Fields.text(lesson, "hintsGiven")
                    + " of "
                    + Fields.text(lesson, "hints"));
      }
      return MailFlow.OK;
    }
  }

  /** {@code train hint}. */
  @Command(name = "hint", description = "Gives the next hint.")
  static final class Hint implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode hint = instance.send("POST", "/training/hint", "");
      if (!console.printedAsJson(hint)) {
        String of = Fields.text(hint, "number") + " of " + Fields.text(hint, "of");
        console
            .out()
            .println(
                hint.path("hint").isNull()
                    ? "All hints have been given (" + of + "); see: mailflow train solution"
                    : "Hint " + of + ": " + Fields.text(hint, "hint"));
      }
      return MailFlow.OK;
    }
  }

  /** {@code train check}. */
  @Command(name = "check", description = "Looks whether all is as it should be.")
  static final class Check implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode check = instance.send("POST", "/training/check", "");
      boolean solved = check.path("solved").asBoolean();
      if (!console.printedAsJson(check)) {
        for (JsonNode finding : check.path("findings")) {
          console
              .out()
              .println(
                  (finding.path("met").asBoolean() ? "[x] " : "[ ] ")
                      + Fields.text(finding, "what")
                      + " ("
                      + Fields.text(finding, "found")
                      + ")");
        }
        console.out().println(solved ? "Solved." : "Not yet.");
      }
      return solved ? MailFlow.OK : MailFlow.FAILED;
    }
  }

  /** {@code train solution}. */
  @Command(name = "solution", description = "Shows how it is done, and why that helps.")
  static final class Solution implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode solution = instance.get("/training/solution");
      if (!console.printedAsJson(solution)) {
        PrintWriter out = console.out();
        solution
            .path("commands")
            .forEach(command -> out.println("mailflow " + Console.safe(command.asText())));
        paragraph(out, "Why", solution.path("explanation").asText());
        paragraph(out, "In Exchange", solution.path("exchange").asText());
      }
      return MailFlow.OK;
    }
  }

  /** {@code train reset}. */
  @Command(name = "reset", description = "Breaks everything again, as when the lesson began.")
  static final class Reset implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Override
    public Integer call() {
      JsonNode lesson = instance.send("POST", "/training/reset", "");
      if (!console.printedAsJson(lesson)) {
        console.out().println("Lesson " + Fields.text(lesson, "id") + " begins anew.");
      }
      return MailFlow.OK;
    }
  }

  /** {@code train inject HOST FAULT}. */
  @Command(name = "inject", description = "For instructors: breaks one more thing.")
  static final class Inject implements Callable<Integer> {
    @Mixin private final Console console = new Console();
    @Mixin private final Instance instance = new Instance();

    @Parameters(index = "0", paramLabel = "HOST", description = "As in host list.")
    private String host = "";

    @Parameters(index = "1", paramLabel = "FAULT", description = "As in fault list.")
    private String fault = "";

    @Override
    public Integer call() {
      JsonNode injected =
          instance.send(
              "POST", "/training/faults", Json.compact(Map.of("host", host, "id", fault)));
      if (!console.printedAsJson(injected)) {
        console
            .out()
            .println(Fields.text(injected, "host") + " has " + Fields.text(injected, "id") + ".");
      }
      return MailFlow.OK;
    }
  }
}
