package io.github.mailflowlab.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A running program by REST. One for each life, because connections die with it. */
final class Instance {
  private static final int PAGE = 1000;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Pattern RETURNED =
      Pattern.compile("^Final-Recipient: rfc822;\\s*(\\S+)", Pattern.MULTILINE);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;

  Instance(URI address) {
    this.address = address;
  }

  /** Lets so much time go by; waits until all that falls due has been done, if asked to. */
  void advance(Duration by, boolean wait) throws IOException, InterruptedException {
    ask(
        request("/clock/advance?wait=" + wait)
            .POST(BodyPublishers.ofString("{\"by\":\"" + by + "\"}")));
  }

  boolean hasPending() throws IOException, InterruptedException {
    return !get("/messages?status=Pending&limit=1").path("messages").isEmpty();
  }

  /** Everything it has. */
  Kept kept(String sender) throws IOException, InterruptedException {
    List<Kept.Message> messages = new ArrayList<>();
    for (JsonNode message : list("/messages")) {
      // The program's own mail has a subject, too, and no id of ours: alerts.
      if (message.path("from").asText().equals(sender)) {
        messages.add(new Kept.Message(message.path("subject").asText(), recipients(message)));
      }
    }
    List<List<String>> ndrs = new ArrayList<>();
    for (JsonNode mail : list("/mailboxes/" + sender + "/messages")) {
      ndrs.add(returned(mail.path("id").asText()));
    }
    return new Kept(messages, ndrs);
  }

  private static Map<String, String> recipients(JsonNode message) {
    Map<String, String> recipients = new LinkedHashMap<>();
    for (JsonNode one : message.path("recipients")) {
      recipients.put(one.path("address").asText(), one.path("status").asText());
    }
    return recipients;
  }

  private List<String> returned(String ndr) throws IOException, InterruptedException {
    String mail = ask(request("/mailboxes/messages/" + ndr + "/content").GET());
    return RETURNED.matcher(mail).results().map(match -> match.group(1)).toList();
  }

  private List<JsonNode> list(String path) throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = get(path + "?limit=" + PAGE + cursor);
      page.path("messages").forEach(all::add);
      JsonNode next = page.path("nextCursor");
      cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
    } while (!cursor.isEmpty());
    return all;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return Json.tree(ask(request(path).GET()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve("/api/v1" + path))
        .header("Content-Type", "application/json")
        .timeout(LIMIT);
  }

  private String ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          response.request().uri() + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }
}
