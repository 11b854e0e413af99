package io.github.mailflowlab.alerting;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store that outlives services. */
public final class AlertStoreFake implements AlertStore {
  public final Map<String, String> texts = new ConcurrentHashMap<>();

  @Override
  public Optional<String> get(String key) {
    return Optional.ofNullable(texts.get(key));
  }

  @Override
  public void put(String key, String text) {
    texts.put(key, text);
  }
}
