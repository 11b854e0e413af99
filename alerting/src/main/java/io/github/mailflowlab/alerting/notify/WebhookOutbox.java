package io.github.mailflowlab.alerting.notify;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.AlertStore;
import io.github.mailflowlab.alerting.AlertText;
import io.github.mailflowlab.alerting.Webhook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a webhook has still to be told, in the store: one key for each, used from the lowest on and
 * empty again once it is told, so that a change writes one alert. The keys go by the webhook's
 * address; what was left for one that is no longer configured waits until it is again. For one
 * thread at a time.
 */
final class WebhookOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookOutbox.class);

  private final AlertStore store;
  private final String prefix;
  private final PriorityQueue<Integer> free = new PriorityQueue<>();
  private final Map<Long, Integer> places = new HashMap<>();
  private final List<AlertText.Numbered> left = new ArrayList<>();

  /** Reads what an earlier run has left. */
  WebhookOutbox(AlertStore store, Webhook webhook, int limit) {
    this.store = store;
    byte[] address = webhook.url().toString().getBytes(StandardCharsets.UTF_8);
    // The address may be a secret.
    this.prefix = "webhook." + UUID.nameUUIDFromBytes(address) + ".";
    int index = 0;
    for (Optional<String> text = read(index, limit); text.isPresent(); ) {
      take(index, text.get());
      text = read(++index, limit);
    }
    for (; index < limit; index++) {
      free.add(index);
    }
    left.sort(Comparator.comparingLong(AlertText.Numbered::number));
  }

  private Optional<String> read(int index, int limit) {
    return index < limit ? store.get(prefix + index) : Optional.empty();
  }

  private void take(int index, String text) {
    Optional<AlertText.Numbered> one = AlertText.parse(text);
    if (one.isPresent() && places.putIfAbsent(one.get().number(), index) == null) {
      left.add(one.get());
      return;
    }
    if (!text.isEmpty()) {
      LOG.error("stored notification {} cannot be read and is forgotten", prefix + index);
    }
    free.add(index);
  }

  /** What an earlier run has left, the oldest first. */
  List<AlertText.Numbered> waiting() {
    return List.copyOf(left);
  }

  /** Keeps one; there must not be more than the limit. */
  void keep(long number, Alert alert) {
    int index = free.remove();
    places.put(number, index);
    store.put(prefix + index, AlertText.write(new AlertText.Numbered(number, alert)));
  }

  /** It is told, or given up. */
  void forget(long number) {
    Integer index = places.remove(number);
    if (index != null) {
      store.put(prefix + index, "");
      free.add(index);
    }
  }
}
