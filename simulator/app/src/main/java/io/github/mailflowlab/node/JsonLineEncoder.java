package io.github.mailflowlab.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log event as a JSON object on a line of its own, in ASCII, so that whatever a peer said is
 * escaped: {@code time} (the lab's), {@code level}, {@code logger}, {@code thread}, {@code
 * message}, and where there are any {@code fields} and {@code error}, a stack trace. The fields are
 * those that the message names by {@code name=…}, such as {@code connector}, {@code queue} and
 * {@code id}. Logback's own encoder for JSON knows neither lab time nor fields in messages.
 */
public final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
  private static final Pattern PLACEHOLDER = Pattern.compile("(?:(\\w+)=\"?)?\\{}");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private static final ObjectWriter WRITER = JSON.writer();

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ObjectNode line = JSON.createObjectNode();
    line.put("time", LabTimeConverter.text(getContext(), event));
    line.put("level", event.getLevel().toString());
    line.put("logger", event.getLoggerName());
    line.put("thread", event.getThreadName());
    line.put("message", event.getFormattedMessage());
    ObjectNode fields = fields(event.getMessage(), event.getArgumentArray());
    if (!fields.isEmpty()) {
      line.set("fields", fields);
    }
    if (event.getThrowableProxy() != null) {
      line.put("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    try {
      // DEL is the one control character that JSON lets pass.
      String text = WRITER.writeValueAsString(line).replace("\u007f", "\\u007f");
      return (text + "\n").getBytes(StandardCharsets.US_ASCII);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the message names: of {@code queue={} is late} the first argument, as {@code queue}. */
  private static ObjectNode fields(String message, Object[] arguments) {
    ObjectNode fields = JSON.createObjectNode();
    if (message == null || arguments == null) {
      return fields;
    }
    Matcher placeholder = PLACEHOLDER.matcher(message);
    for (int i = 0; i < arguments.length && placeholder.find(); i++) {
      String name = placeholder.group(1);
      if (name != null) {
        put(fields, name, arguments[i]);
      }
    }
    return fields;
  }

  private static void put(ObjectNode fields, String name, Object value) {
    if (value instanceof Long || value instanceof Integer) {
      fields.put(name, ((Number) value).longValue());
    } else if (value instanceof Boolean flag) {
      fields.put(name, flag);
    } else {
      fields.put(name, String.valueOf(value));
    }
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
