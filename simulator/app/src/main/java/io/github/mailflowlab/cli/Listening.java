package io.github.mailflowlab.cli;

import io.github.mailflowlab.settings.AddressText;
import io.github.mailflowlab.settings.LabSettings;
import java.net.InetSocketAddress;
import picocli.CommandLine.Option;

/** Where a command listens that has no configuration file; a mixin. */
final class Listening {
  @Option(
      names = "--smtp",
      defaultValue = "127.0.0.1:1025",
      paramLabel = "HOST:PORT",
      description = "Where to listen for mail (default: ${DEFAULT-VALUE}).")
  private String smtp = "";

  @Option(
      names = "--http",
      defaultValue = "127.0.0.1:8025",
      paramLabel = "HOST:PORT",
      description = "Where to listen for requests (default: ${DEFAULT-VALUE}).")
  private String http = "";

  LabSettings.Listen listen() {
    return new LabSettings.Listen(address("--smtp", smtp), address("--http", http));
  }

  static InetSocketAddress address(String option, String text) {
    InetSocketAddress address =
        AddressText.listener(text)
            .orElseThrow(() -> new CommandFailure(MailFlow.USAGE, option + ": expected IP:PORT"));
    if (!address.getAddress().isLoopbackAddress()) {
      throw new CommandFailure(
          MailFlow.USAGE,
          option + ": only a loopback address (others belong into --config, with security)");
    }
    return address;
  }
}
