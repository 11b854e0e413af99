package io.github.mailflowlab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.node.Addresses;
import io.github.mailflowlab.node.StartupException;
import io.github.mailflowlab.settings.LabSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code train start}: a lesson, until it is told to stop. */
@Command(
    name = "start",
    description = "Runs a lesson until SIGTERM; the other commands go into another terminal.")
final class TrainStartCommand implements Callable<Integer> {
  @Mixin private final Console console = new Console();
  @Mixin private final Listening listening = new Listening();

  @Parameters(paramLabel = "LESSON", description = "As in train list.")
  private String lesson = "";

  @Override
  public Integer call() throws StartupException, InterruptedException, JsonProcessingException {
    LabSettings.Listen listen = listening.listen();
    Classroom classroom = Classroom.open(lesson, listen);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  classroom.close();
                  Runtime.getRuntime().halt(MailFlow.OK);
                },
                "shutdown"));
    tell(classroom);
    // For ever: the hook ends the process.
    Thread.currentThread().join();
    return MailFlow.OK;
  }

  private void tell(Classroom classroom) throws JsonProcessingException {
    if (console.printedAsJson(classroom.training().lesson())) {
      return;
    }
    PrintWriter out = console.out();
    out.println(
        "mailflow ready smtp="
            + Addresses.text(classroom.node().smtpAddress())
            + " http="
            + classroom.url()
            + "/");
    TrainCommand.print(out, Json.tree(Json.compact(classroom.training().lesson())));
  }
}
