package io.github.mailflowlab.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** How many file descriptors another process may have. */
record DescriptorLimit(long process) {
  /** High enough for any test, and below every system's hard limit. */
  private static final int ENOUGH = 1024;

  /** Skips the test where it cannot be had. */
  static DescriptorLimit of(long process) {
    assumeTrue(
        Tool.run("prlimit", "--pid", String.valueOf(process), "--nofile") == 0,
        "there is no prlimit");
    return new DescriptorLimit(process);
  }

  /** Those it has stay open; it gets no other beyond the limit. */
  void set(int limit) throws IOException {
    String[] command = {"prlimit", "--pid", String.valueOf(process), "--nofile=" + limit + ":"};
    if (Tool.run(command) != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  void lift() throws IOException {
    set(ENOUGH);
  }
}
