package io.github.mailflowlab.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Why an operation is wanted; a mixin of every command that has one done. */
final class Ordering {
  @Option(names = "--reason", description = "Why; the message trace tells it.")
  private @Nullable String reason;

  /**
   * Has it done.
   *
   * @param path of the operation, which may have a query
   */
  JsonNode post(Instance instance, String path) {
    return send(instance, "POST", path);
  }

  /** The same by another method. */
  JsonNode send(Instance instance, String method, String path) {
    String query =
        (path.contains("?") ? "&" : "?")
            + "by=cli"
            + (reason == null ? "" : "&reason=" + Instance.encoded(reason));
    return Instance.successful(
            instance.request(method, path + query, BodyPublishers.noBody(), "application/json"))
        .document();
  }
}
