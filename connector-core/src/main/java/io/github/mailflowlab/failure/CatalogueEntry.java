package io.github.mailflowlab.failure;

import io.github.mailflowlab.config.TlsSettings;
import java.util.Map;

/**
 * One way a smart host can fail.
 *
 * @param id stable, for example {@code tcp.refused}
 * @param layer {@code dns}, {@code tcp}, {@code smtp}, {@code tls}, {@code cert}, {@code shape} or
 *     {@code fw}
 * @param title what is broken, in a few words
 * @param codes the outcome under each setting: {@code 4.4.316}, {@code remote} or {@code none}
 * @param proof how it is proven: {@code wire}, or {@code seam} for what the platform cannot make
 */
public record CatalogueEntry(
    String id, String layer, String title, Map<TlsSettings, String> codes, String proof) {
  public CatalogueEntry {
    codes = Map.copyOf(codes);
  }
}
