package io.github.mailflowlab.node;

import io.github.mailflowlab.settings.LabSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;

/** Whether the ports can be had, asked before anything is touched. */
final class Ports {
  private Ports() {}

  /**
   * Binds both ports and lets them go again. Somebody else may still take them in between; then
   * binding them for good says so.
   */
  static void requireFree(LabSettings.Listen listen) throws StartupException {
    try (ServerSocketChannel smtp = bound("SMTP", listen.smtp());
        ServerSocketChannel http = bound("HTTP", listen.http())) {
      assert smtp.isOpen() && http.isOpen();
    } catch (IOException e) {
      throw new StartupException("Cannot let a port go again: " + e.getMessage(), e);
    }
  }

  private static ServerSocketChannel bound(String what, InetSocketAddress address)
      throws IOException, StartupException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new StartupException(
          "Cannot listen for " + what + " on " + Addresses.text(address) + ": " + e.getMessage(),
          e);
    }
  }
}
