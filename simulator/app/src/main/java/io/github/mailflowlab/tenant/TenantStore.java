package io.github.mailflowlab.tenant;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where changes are kept, as one text. Any thread. */
public interface TenantStore {
  Optional<String> stored();

  /** Keeps the text instead of the last one; completes once that is durable. */
  CompletionStage<Void> store(String text);
}
