package io.github.mailflowlab.alerting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** An alert as it is stored: JSON on one line. For alerting's own packages. */
public final class AlertText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AlertText() {}

  /**
   * An alert and its place.
   *
   * @param number greater for a later alert
   */
  public record Numbered(long number, Alert alert) {}

  public static String write(Numbered numbered) {
    Alert alert = numbered.alert();
    ObjectNode node = JSON.createObjectNode();
    node.put("number", numbered.number());
    node.put("id", alert.id());
    node.put("policy", alert.policy());
    node.put("severity", alert.severity());
    node.put("category", alert.category());
    node.put("activity", alert.activity());
    node.put("state", alert.state().name());
    node.put("connector", alert.connector());
    node.put("subject", alert.subject());
    node.put("count", alert.count());
    node.put("threshold", alert.threshold());
    node.put("details", alert.details());
    alert.lastError().ifPresent(error -> node.set("lastError", write(error)));
    node.put("destinationServer", alert.destinationServer());
    node.put("raised", alert.raised().toString());
    node.put("updated", alert.updated().toString());
    alert.resolved().ifPresent(end -> node.put("resolved", end.toString()));
    ArrayNode advice = node.putArray("advice");
    alert.advice().forEach(advice::add);
    node.put("ongoing", alert.ongoing());
    node.put("told", alert.told());
    ArrayNode notes = node.putArray("notes");
    alert.notes().forEach(note -> notes.add(write(note)));
    return node.toString();
  }

  /** Empty when this is no alert of ours, whatever is wrong with it. */
  public static Optional<Numbered> parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return Optional.of(new Numbered(node.required("number").asLong(), alert(node)));
    } catch (JsonProcessingException
        | UnknownHostException
        | IllegalArgumentException
        | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Alert alert(JsonNode node) throws UnknownHostException {
    List<String> advice = new ArrayList<>();
    node.required("advice").forEach(step -> advice.add(step.asText()));
    List<Alert.Note> notes = new ArrayList<>();
    node.required("notes").forEach(note -> notes.add(note(note)));
    return new Alert(
        text(node, "id"),
        text(node, "policy"),
        text(node, "severity"),
        text(node, "category"),
        text(node, "activity"),
        Alert.State.valueOf(text(node, "state")),
        text(node, "connector"),
        text(node, "subject"),
        node.required("count").asLong(),
        node.required("threshold").asInt(),
        text(node, "details"),
        node.has("lastError") ? Optional.of(error(node.get("lastError"))) : Optional.empty(),
        text(node, "destinationServer"),
        Instant.parse(text(node, "raised")),
        Instant.parse(text(node, "updated")),
        optional(node, "resolved").map(Instant::parse),
        advice,
        node.required("ongoing").asBoolean(),
        node.required("told").asBoolean(),
        notes);
  }

  private static ObjectNode write(Alert.Note note) {
    ObjectNode node = JSON.createObjectNode();
    node.put("time", note.time().toString());
    node.put("state", note.state().name());
    node.put("by", note.by());
    note.comment().ifPresent(comment -> node.put("comment", comment));
    return node;
  }

  private static Alert.Note note(JsonNode node) {
    return new Alert.Note(
        Instant.parse(text(node, "time")),
        Alert.State.valueOf(text(node, "state")),
        text(node, "by"),
        optional(node, "comment"));
  }

  private static ObjectNode write(LastError error) {
    ObjectNode node = JSON.createObjectNode();
    error.condition().ifPresent(condition -> node.put("condition", condition.name()));
    node.put("status", error.status().toString());
    node.put("reply", error.reply());
    error.detail().ifPresent(detail -> node.put("detail", detail));
    error
        .destination()
        .ifPresent(
            tried -> {
              node.put("server", tried.serverName());
              tried
                  .address()
                  .ifPresent(
                      socket -> {
                        byte[] address = socket.getAddress().getAddress();
                        node.put("address", HexFormat.of().formatHex(address));
                        node.put("port", socket.getPort());
                      });
            });
    return node;
  }

  private static LastError error(JsonNode node) throws UnknownHostException {
    Optional<InetSocketAddress> address = Optional.empty();
    if (node.has("address")) {
      byte[] octets = HexFormat.of().parseHex(text(node, "address"));
      address =
          Optional.of(
              new InetSocketAddress(
                  InetAddress.getByAddress(octets), node.required("port").asInt()));
    }
    Optional<InetSocketAddress> tried = address;
    return new LastError(
        optional(node, "condition").map(ConnectorStatus::valueOf),
        EnhancedStatusCode.of(text(node, "status")),
        text(node, "reply"),
        optional(node, "detail"),
        optional(node, "server").map(server -> new Destination(server, tried)));
  }

  private static String text(JsonNode node, String name) {
    return node.required(name).asText();
  }

  private static Optional<String> optional(JsonNode node, String name) {
    return node.has(name) ? Optional.of(text(node, name)) : Optional.empty();
  }
}
