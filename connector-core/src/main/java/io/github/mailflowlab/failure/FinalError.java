package io.github.mailflowlab.failure;

import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.Optional;

/**
 * Why a message was returned, as the NDR says it.
 *
 * @param status the NDR's {@code Status}, class 5
 * @param reply the text of {@code Diagnostic-Code}
 * @param detail what the human part adds in round brackets, directly after the reply
 */
public record FinalError(EnhancedStatusCode status, String reply, Optional<String> detail) {
  public FinalError {
    if (!status.isPermanent()) {
      throw new IllegalArgumentException("status: " + status + " (expected: class 5)");
    }
  }

  /** {@code 550 5.4.316 Message expired, connection refused(Socket error code 10061)}. */
  @Override
  public String toString() {
    return reply + detail.map(text -> "(" + text + ")").orElse("");
  }
}
