package io.github.mailflowlab.api;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.queue.Order;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads query parameters; anything wrong or unknown is a {@link BadRequest}. */
final class Parameters {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final QueryParams query;

  private Parameters(QueryParams query) {
    this.query = query;
  }

  /**
   * The parameters of a request that may carry only these. Those of the address alone: a body that
   * calls itself a form, as curl's does by default, is a body.
   */
  static Parameters of(ServiceRequestContext context, String... allowed) {
    QueryParams query = context.queryParams();
    Set<String> known = Set.of(allowed);
    for (String name : query.names()) {
      if (!known.contains(name)) {
        throw new BadRequest("Unknown parameter " + name + " (known: " + List.of(allowed) + ").");
      }
    }
    return new Parameters(query);
  }

  int limit() {
    String text = query.get("limit");
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every wrong limit.
    }
    throw new BadRequest("limit: expected a number from 1 to " + MAX_LIMIT + ".");
  }

  Optional<String> cursor() {
    return Optional.ofNullable(query.get("cursor"));
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(query.get(name));
  }

  boolean flag(String name, boolean otherwise) {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new BadRequest(name + ": expected true or false.");
    };
  }

  <T> Optional<T> value(String name, String expected, Function<String, Optional<T>> parse) {
    return text(name)
        .map(
            text ->
                parse
                    .apply(text)
                    .orElseThrow(() -> new BadRequest(name + ": expected " + expected + ".")));
  }

  /** Who wants an operation and why: {@code by} and {@code reason}. */
  Order order() {
    try {
      return new Order(text("by").orElse("rest"), text("reason"));
    } catch (IllegalArgumentException e) {
      throw new BadRequest(e.getMessage() + ".");
    }
  }

  ReversePath reversePath(String name) {
    return value(name, "an address, or nothing for the null reverse-path", ReversePath::parse)
        .orElse(ReversePath.NULL);
  }

  List<Mailbox> mailboxes(String name) {
    List<Mailbox> mailboxes = query.getAll(name).stream().map(Parameters::mailbox).toList();
    if (mailboxes.isEmpty()) {
      throw new BadRequest(name + ": missing (expected: at least one address).");
    }
    return mailboxes;
  }

  static Mailbox mailbox(String text) {
    return Mailbox.parse(text)
        .orElseThrow(() -> new BadRequest("\"" + Answers.safe(text) + "\" is no mail address."));
  }
}
