package io.github.mailflowlab.cli;

import io.github.mailflowlab.config.NearestWords;
import io.github.mailflowlab.node.Addresses;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.StartupException;
import io.github.mailflowlab.node.TemporaryFolder;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.training.Curriculum;
import io.github.mailflowlab.training.Training;

/** A lesson, the node it is about, and a folder for the time of both. */
record Classroom(Training training, Node node, TemporaryFolder folder) implements AutoCloseable {
  private static final long SEED = 1;

  /**
   * Starts all and breaks what the lesson is about; takes a few seconds.
   *
   * @throws CommandFailure when there is no such lesson
   * @throws StartupException when a port cannot be had; then nothing is left running
   */
  static Classroom open(String lesson, LabSettings.Listen listen) throws StartupException {
    Training training = training(lesson);
    TemporaryFolder folder = TemporaryFolder.create();
    boolean started = false;
    try {
      Node node = Node.start(training.settings(listen, folder.path()), SEED, training);
      training.begin();
      started = true;
      return new Classroom(training, node, folder);
    } finally {
      if (!started) {
        training.close();
        folder.close();
      }
    }
  }

  private static Training training(String lesson) {
    try {
      return Training.open(lesson)
          .orElseThrow(
              () ->
                  new CommandFailure(
                      MailFlow.USAGE,
                      "There is no lesson "
                          + Console.safe(lesson)
                          + NearestWords.hint(lesson, Curriculum.ids())
                          + " (see: mailflow train list)."));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          MailFlow.FAILED, "This machine cannot do that lesson: " + e.getMessage());
    }
  }

  String url() {
    return "http://" + Addresses.text(node.httpAddress());
  }

  @Override
  public void close() {
    node.close();
    training.close();
    folder.close();
  }
}
