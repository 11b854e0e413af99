package io.github.mailflowlab.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Orders for faults in a body: an object's texts by key, {@code who.sender} for one within {@code
 * who}. What an answer told of an order's past ({@code seen}) is passed over, so that orders can be
 * sent back as they came.
 */
final class OrderBody {
  private OrderBody() {}

  /** {@code {"faults": [...]}}. */
  static List<Map<String, String>> readAll(AggregatedHttpRequest request) {
    JsonNode body = Bodies.read(request, JsonNode.class);
    JsonNode faults = body.path("faults");
    if (!faults.isArray() || body.size() != 1) {
      throw new BadRequest("Expected {\"faults\":[...]}.");
    }
    return StreamSupport.stream(faults.spliterator(), false).map(OrderBody::texts).toList();
  }

  static Map<String, String> read(AggregatedHttpRequest request) {
    return texts(Bodies.read(request, JsonNode.class));
  }

  private static Map<String, String> texts(JsonNode order) {
    if (!order.isObject()) {
      throw new BadRequest("Expected an order for a fault: {\"id\":...}.");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    order
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("seen")) {
                put(texts, field.getKey(), field.getValue());
              }
            });
    return texts;
  }

  private static void put(Map<String, String> texts, String key, JsonNode value) {
    if (value.isObject() && key.indexOf('.') < 0) {
      value.properties().forEach(field -> put(texts, key + "." + field.getKey(), field.getValue()));
    } else if (value.isTextual() || value.isNumber()) {
      texts.put(key, value.asText());
    } else if (!value.isNull()) {
      throw new BadRequest(Answers.safe(key) + ": expected a text or a number.");
    }
  }
}
