package io.github.mailflowlab.demo;

import io.github.mailflowlab.document.DemoDocument.Row;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one row of the demo should come to.
 *
 * @param fault the catalogue's id, or {@code none}
 * @param code what the mail waits with, or is returned with at once; absent when nothing fails
 * @param attempts how many in the day; absent where the seed decides
 * @param ndrStatus what the sender gets; absent when the mail is delivered
 * @param alert whether the administrator is alerted
 */
record Expectation(
    String fault,
    Optional<String> code,
    OptionalInt attempts,
    Optional<String> ndrStatus,
    boolean alert) {

  /** The healthy host. */
  static final String HEALTHY = "none";

  /** The host that is repaired while its queue waits. */
  static final String OUTAGE = "tcp.outage";

  /** A next hop at fault is tried so often in 24 hours (design 3). */
  private static final int ATTEMPTS_IN_A_DAY = 151;

  /** The demo's rows, in the order of an attempt's stages. */
  static List<Expectation> all() {
    return List.of(
        delivered(HEALTHY, Optional.empty(), OptionalInt.of(1), false),
        nextHop("dns.nxdomain", "4.4.312", "5.4.312"),
        nextHop("dns.nodata", "4.4.312", "5.4.312"),
        nextHop("dns.servfail", "4.4.312", "5.4.312"),
        nextHop("dns.timeout", "4.4.312", "5.4.312"),
        nextHop("tcp.blackhole", "4.4.315", "5.4.315"),
        nextHop("tcp.refused", "4.4.316", "5.4.316"),
        nextHop("smtp.banner.421", "4.4.317", "5.4.317"),
        nextHop("smtp.banner.554", "4.4.317", "5.4.317"),
        nextHop("tls.offer.absent", "4.4.317", "5.4.317"),
        message("smtp.drop.mail", "4.4.318", "5.4.318"),
        message("smtp.rst.mail", "4.4.318", "5.4.318"),
        message("smtp.drop.body", "4.4.318", "5.4.318"),
        message("smtp.rst.body", "4.4.318", "5.4.318"),
        nextHop("cert.expired", "4.7.320", "5.7.320"),
        nextHop("cert.not-yet", "4.7.320", "5.7.320"),
        nextHop("cert.name", "4.7.320", "5.7.320"),
        nextHop("cert.self-signed", "4.7.320", "5.7.320"),
        nextHop("cert.untrusted-root", "4.7.320", "5.7.320"),
        message("smtp.rcpt.4yz", "4.2.1", "5.4.300"),
        returnedAtOnce("smtp.rcpt.5yz", "5.1.351"),
        delivered(OUTAGE, Optional.of("4.4.316"), OptionalInt.empty(), true));
  }

  private static Expectation nextHop(String fault, String code, String ndrStatus) {
    return new Expectation(
        fault, Optional.of(code), OptionalInt.of(ATTEMPTS_IN_A_DAY), Optional.of(ndrStatus), true);
  }

  private static Expectation message(String fault, String code, String ndrStatus) {
    return new Expectation(
        fault, Optional.of(code), OptionalInt.empty(), Optional.of(ndrStatus), true);
  }

  private static Expectation returnedAtOnce(String fault, String code) {
    return new Expectation(fault, Optional.of(code), OptionalInt.of(1), Optional.of(code), false);
  }

  private static Expectation delivered(
      String fault, Optional<String> code, OptionalInt attempts, boolean alert) {
    return new Expectation(fault, code, attempts, Optional.empty(), alert);
  }

  /** The row for what was seen, judged. */
  Row judge(Observed seen) {
    String outcome = ndrStatus.isPresent() ? "returned" : "delivered";
    boolean asExpected =
        code.equals(seen.code())
            && (attempts.isPresent()
                ? attempts.getAsInt() == seen.attempts()
                : code.isPresent() && seen.attempts() > 1)
            && ndrStatus.equals(seen.ndrStatus())
            && alert == seen.alert()
            && outcome.equals(seen.outcome());
    return new Row(
        fault,
        code,
        seen.code(),
        seen.lastError(),
        seen.attempts(),
        seen.alert(),
        seen.ndrStatus(),
        seen.outcome(),
        asExpected);
  }

  /** What a row came to. */
  record Observed(
      Optional<String> code,
      Optional<String> lastError,
      int attempts,
      boolean alert,
      Optional<String> ndrStatus,
      String outcome) {}
}
