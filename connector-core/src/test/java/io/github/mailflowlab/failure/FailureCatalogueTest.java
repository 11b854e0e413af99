package io.github.mailflowlab.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class FailureCatalogueTest {
  private static final FailureCatalogue CATALOGUE = FailureCatalogue.load();

  /** What an MX-routed message is returned with, beside the connector's own codes. */
  private static final List<String> RETURNED_AT_ONCE = List.of("5.4.310", "5.1.10");

  static Collection<CatalogueEntry> entries() {
    return CATALOGUE.entries().values();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("entries")
  void everyFaultIsWellFormedAndItsCodesAreKnown(CatalogueEntry entry) {
    assertThat(entry.id()).matches("[a-z]+(\\.[a-z0-9-]+)+").startsWith(entry.layer() + ".");
    assertThat(entry.title()).isNotBlank().hasSizeLessThanOrEqualTo(80).doesNotEndWith(".");
    assertThat(entry.proof()).isIn("wire", "seam");
    assertThat(entry.codes()).containsOnlyKeys(TlsSettings.values());
    assertThat(entry.codes().values()).allMatch(FailureCatalogueTest::isKnown);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("entries")
  void demandingMoreOfTlsNeverHelps(CatalogueEntry entry) {
    List<String> codes = Stream.of(TlsSettings.values()).map(entry.codes()::get).toList();
    int firstFailure = (int) codes.stream().takeWhile("none"::equals).count();

    assertThat(codes.subList(firstFailure, codes.size()))
        .allMatch(code -> code.equals(codes.get(codes.size() - 1)));
  }

  @ParameterizedTest(name = "{0}: {1} faults")
  @CsvSource({"dns, 33", "tcp, 17", "smtp, 70", "tls, 28", "shape, 16", "fw, 6", "cert, 34"})
  void everyLayerIsComplete(String layer, long faults) {
    Map<String, Long> byLayer =
        entries().stream()
            .collect(Collectors.groupingBy(CatalogueEntry::layer, Collectors.counting()));

    assertThat(byLayer).hasSize(7).containsEntry(layer, faults);
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3} {4}")
  @CsvSource({
    "dns.nxdomain, 4.4.312, 4.4.312, 4.4.312, 4.4.312",
    "dns.mx-nxdomain, 5.4.310, 5.4.310, 5.4.310, 5.4.310",
    "dns.null-mx, 5.1.10, 5.1.10, 5.1.10, 5.1.10",
    "tcp.blackhole, 4.4.315, 4.4.315, 4.4.315, 4.4.315",
    "tcp.refused, 4.4.316, 4.4.316, 4.4.316, 4.4.316",
    "tcp.rst-on-accept, 4.4.317, 4.4.317, 4.4.317, 4.4.317",
    "smtp.banner.554, 4.4.317, 4.4.317, 4.4.317, 4.4.317",
    "smtp.ehlo.502, none, 4.4.317, 4.4.317, 4.4.317",
    "smtp.rcpt.5yz, remote, remote, remote, remote",
    "smtp.dot.drop-accepted, 4.4.318, 4.4.318, 4.4.318, 4.4.318",
    "tls.offer.absent, none, 4.4.317, 4.4.317, 4.4.317",
    "tls.hs.eof, none, 4.4.317, 4.4.317, 4.4.317",
    "tls.after.truncate, 4.4.318, 4.4.318, 4.4.318, 4.4.318",
    "cert.good, none, none, none, none",
    "cert.expired, none, none, 4.7.320, 4.7.320",
    "cert.name, none, none, none, 4.7.320",
  })
  void oneFaultMayHaveFourOutcomes(
      String id, String opportunistic, String encryption, String certificate, String domain) {
    assertThat(CATALOGUE.entry(id).orElseThrow().codes())
        .containsEntry(TlsSettings.OPPORTUNISTIC, opportunistic)
        .containsEntry(TlsSettings.ENCRYPTION_ONLY, encryption)
        .containsEntry(TlsSettings.CERTIFICATE_VALIDATION, certificate)
        .containsEntry(TlsSettings.DOMAIN_VALIDATION, domain);
  }

  @ParameterizedTest(name = "smtp.*.{0}: {1}")
  @CsvSource({
    "ehlo, 4.4.317",
    "mail, 4.4.318",
    "rcpt, 4.4.318",
    "data, 4.4.318",
    "body, 4.4.318",
    "dot, 4.4.318",
    "rset, none",
    "quit, none",
  })
  void everyStageCanFallSilentCloseAndReset(String stage, String code) {
    for (String how : List.of("stall", "drop", "rst")) {
      assertThat(CATALOGUE.entry("smtp." + how + "." + stage))
          .map(entry -> entry.codes().get(TlsSettings.OPPORTUNISTIC))
          .contains(code);
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Observation.class)
  void everyObservationHasItsRow(Observation observation) {
    assertThat(CATALOGUE.ladder()).containsKey(observation);
  }

  @Test
  void everyConditionHasARow() {
    assertThat(CATALOGUE.ladder().values().stream().flatMap(row -> row.condition().stream()))
        .contains(ConnectorStatus.values());
  }

  @Test
  void whatIsNotInTheFileIsNotThere() {
    assertThat(CATALOGUE.entry("tcp.nothing")).isEmpty();
  }

  @Test
  void nobodyCanChangeIt() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> CATALOGUE.entries().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> CATALOGUE.ladder().clear());
  }

  @Test
  void idsInTheFileAreThoseOfTheTypes() {
    assertThat(ids(Observation.values(), Observation::id)).contains("no-address", "own-exhaustion");
    assertThat(ids(Scope.values(), Scope::id)).containsExactly("next-hop", "message", "recipient");
    assertThat(ids(Stage.values(), Stage::id))
        .containsExactly(
            "dns",
            "connect",
            "banner",
            "ehlo",
            "starttls",
            "tls",
            "certificate",
            "mail",
            "rcpt",
            "data",
            "body",
            "dot",
            "rset",
            "quit",
            "done");
  }

  @Test
  void certificateProblemsHaveExchangesWords() {
    assertThat(ids(CertificateProblem.values(), CertificateProblem::word))
        .containsExactly(
            "CertificateExpired",
            "CertificateNotYetValid",
            "UntrustedRoot",
            "UntrustedRoot",
            "UntrustedRoot",
            "SubjectMismatch",
            "CertificateRevoked",
            "CertificateRevocationUnknown",
            "CertificateInvalid",
            "CertificateInvalid",
            "CertificateInvalid",
            "CertificateInvalid",
            "CertificateInvalid",
            "CertificateInvalid");
  }

  private static <T> List<String> ids(T[] values, Function<T, String> id) {
    return Stream.of(values).map(id).toList();
  }

  private static boolean isKnown(String code) {
    return code.equals("none")
        || code.equals("remote")
        || RETURNED_AT_ONCE.contains(code)
        || EnhancedStatusCode.parse(code)
            .flatMap(ConnectorStatus::of)
            .filter(status -> status.code().toString().equals(code))
            .isPresent();
  }
}
