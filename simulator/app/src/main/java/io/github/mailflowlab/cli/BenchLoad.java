package io.github.mailflowlab.cli;

import picocli.CommandLine.Option;

/** How much mail of what size; a mixin of the benches that send some. */
final class BenchLoad {
  @Option(
      names = "--messages",
      defaultValue = "20000",
      paramLabel = "N",
      description = "Messages that are measured (default: ${DEFAULT-VALUE}).")
  private int messages;

  @Option(
      names = "--warm-up",
      defaultValue = "20000",
      paramLabel = "N",
      description = "Messages sent before (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Option(
      names = "--size",
      defaultValue = "4096",
      paramLabel = "OCTETS",
      description = "Of the body; a short header comes on top (default: ${DEFAULT-VALUE}).")
  private int size;

  int messages() {
    return messages;
  }

  int warmUp() {
    return warmUp;
  }

  int size() {
    return size;
  }
}
