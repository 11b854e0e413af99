package io.github.mailflowlab.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The running instance that a command talks to; a mixin of every such command. */
final class Instance {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:8025",
      description = "The running instance (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // picocli sets the default
  private String url;

  @Option(
      names = "--token",
      defaultValue = "${env:MAILFLOW_TOKEN}",
      description = "security.token of an instance elsewhere (default: $MAILFLOW_TOKEN).")
  private @Nullable String token;

  private @Nullable HttpClient client;

  /** An answer that may be of any status. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    byte[] body() {
      return response.body();
    }

    /** The document; a {@link CommandFailure} when the body is no JSON. */
    JsonNode document() {
      try {
        return Json.tree(new String(body(), StandardCharsets.UTF_8));
      } catch (JsonProcessingException e) {
        throw new CommandFailure(
            MailFlow.UNREACHABLE, "The instance did not answer in JSON; is --url right?");
      }
    }

    boolean isOk() {
      return status() / 100 == 2;
    }
  }

  /** GET; anything but success ends the command with the instance's own words. */
  JsonNode get(String path) {
    return successful(request("GET", path, BodyPublishers.noBody(), "application/json")).document();
  }

  /** The same for a body that is no JSON. */
  byte[] getRaw(String path) {
    return successful(request("GET", path, BodyPublishers.noBody(), "application/json")).body();
  }

  /** POST or PATCH of a JSON body. */
  JsonNode send(String method, String path, String json) {
    return successful(request(method, path, BodyPublishers.ofString(json), "application/json"))
        .document();
  }

  /** Any request, any answer. */
  Answer request(String method, String path, BodyPublisher body, String contentType) {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(URI.create(url.replaceAll("/+$", "") + "/api/v1" + path))
              .method(method, body)
              .header("Content-Type", contentType);
      if (token != null && !token.isEmpty()) {
        builder.header("Authorization", "Bearer " + token);
      }
      return new Answer(client().send(builder.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new CommandFailure(
          MailFlow.UNREACHABLE,
          "Cannot reach a running instance at " + url + " (start one: mailflow run).");
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(MailFlow.USAGE, "--url: " + url + " (expected: http://HOST:PORT)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(MailFlow.FAILED, "Interrupted.");
    }
  }

  /** Made when first needed: picocli makes an instance for every command there is. */
  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_LIMIT)
              .build();
      client = made;
    }
    return made;
  }

  /** For a path segment or a query value. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static Answer successful(Answer answer) {
    if (answer.isOk()) {
      return answer;
    }
    throw new CommandFailure(
        answer.status() == 400 ? MailFlow.USAGE : MailFlow.FAILED,
        Console.safe(answer.document().path("detail").asText("HTTP status " + answer.status())));
  }
}
