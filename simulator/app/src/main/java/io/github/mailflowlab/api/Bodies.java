package io.github.mailflowlab.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import io.github.mailflowlab.document.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON bodies; anything wrong or unknown is a {@link BadRequest}. */
final class Bodies {
  /** No one writes more by hand. Mail has a limit of its own. */
  private static final int MAX_OCTETS = 1024 * 1024;

  private Bodies() {}

  static <T> T read(AggregatedHttpRequest request, Class<T> type) {
    if (request.content().length() > MAX_OCTETS) {
      throw new BadRequest("The body is longer than " + MAX_OCTETS + " octets.");
    }
    try {
      // The JSON null is read as null.
      return Optional.ofNullable(Json.read(request.contentUtf8(), type))
          .orElseThrow(() -> new BadRequest("The body is not the JSON expected: an object."));
    } catch (JsonProcessingException e) {
      throw new BadRequest("The body is not the JSON expected: " + whatIsWrong(e));
    }
  }

  /** An object of any fields. */
  @SuppressWarnings("unchecked") // Jackson gives text keys to a map
  static Map<String, @Nullable Object> fields(AggregatedHttpRequest request) {
    return read(request, Map.class);
  }

  /** Jackson's own words name our classes. */
  private static String whatIsWrong(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown field " + unknown.getPropertyName() + ".";
    }
    if (e instanceof JsonMappingException wrong
        && !wrong.getPath().isEmpty()
        && wrong.getPath().get(0).getFieldName() != null) {
      return "wrong type of " + wrong.getPath().get(0).getFieldName() + ".";
    }
    return "an object, and nothing else.";
  }
}
