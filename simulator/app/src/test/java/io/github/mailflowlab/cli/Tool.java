package io.github.mailflowlab.cli;

import java.io.IOException;

/** A command of the system. */
final class Tool {
  private Tool() {}

  /** Its exit status; -1 when there is no such command. */
  static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
