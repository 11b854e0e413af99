package io.github.mailflowlab.node;

import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.tenant.TenantStore;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What was changed while running, kept in the spool beside the mail. */
record SpooledTenant(Spool spool) implements TenantStore {
  static final String KEY = "tenant";

  @Override
  public Optional<String> stored() {
    return spool.setting(KEY);
  }

  @Override
  public CompletionStage<Void> store(String text) {
    return spool.putSetting(KEY, text);
  }
}
