package io.github.mailflowlab.document;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.CatalogueEntry;
import io.github.mailflowlab.failure.FailureCatalogue;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One fault of the catalogue.
 *
 * @param proof how the tests make it: {@code wire} or {@code seam}
 * @param implemented whether the lab can make it
 */
public record FaultDocument(
    String id, String layer, String title, Codes codes, String proof, boolean implemented) {

  /** What it comes to under each TLS setting: a code, {@code remote} or {@code none}. */
  public record Codes(
      String opportunistic,
      String encryptionOnly,
      String certificateValidation,
      String domainValidation) {
    static Codes of(Map<TlsSettings, String> codes) {
      return new Codes(
          codes.getOrDefault(TlsSettings.OPPORTUNISTIC, ""),
          codes.getOrDefault(TlsSettings.ENCRYPTION_ONLY, ""),
          codes.getOrDefault(TlsSettings.CERTIFICATE_VALIDATION, ""),
          codes.getOrDefault(TlsSettings.DOMAIN_VALIDATION, ""));
    }

    /** In the order of the settings, from the most lenient to the strictest. */
    public List<String> inOrder() {
      return List.of(opportunistic, encryptionOnly, certificateValidation, domainValidation);
    }
  }

  /** The whole catalogue, in its order. */
  public record Listing(List<FaultDocument> faults) {

    /**
     * The catalogue, beside what the lab can make of it.
     *
     * @param implemented by id
     */
    public static Listing of(FailureCatalogue catalogue, Set<String> implemented) {
      return new Listing(
          catalogue.entries().values().stream()
              .map(entry -> FaultDocument.of(entry, implemented.contains(entry.id())))
              .toList());
    }
  }

  private static FaultDocument of(CatalogueEntry entry, boolean implemented) {
    return new FaultDocument(
        entry.id(),
        entry.layer(),
        entry.title(),
        Codes.of(entry.codes()),
        entry.proof(),
        implemented);
  }
}
