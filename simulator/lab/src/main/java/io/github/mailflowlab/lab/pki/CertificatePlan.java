package io.github.mailflowlab.lab.pki;

import java.time.Duration;

/** Which certificate a host presents when. */
public sealed interface CertificatePlan {
  /** A certificate without a defect, always. */
  CertificatePlan GOOD = new Always(CertificateDefect.NONE);

  /**
   * What is wrong with the certificate of this handshake.
   *
   * @param handshake counted from one
   * @param since how long ago, on the lab's clock, the host began to behave as it does
   */
  CertificateDefect at(int handshake, Duration since);

  /** The same one for ever. */
  record Always(CertificateDefect defect) implements CertificatePlan {
    @Override
    public CertificateDefect at(int handshake, Duration since) {
      return defect;
    }
  }

  /** Two servers take turns, as behind a load balancer; the first one has the defect. */
  record EverySecond(CertificateDefect defect) implements CertificatePlan {
    @Override
    public CertificateDefect at(int handshake, Duration since) {
      return handshake % 2 == 1 ? defect : CertificateDefect.NONE;
    }
  }

  /** Somebody puts things right after that time. */
  record RenewedAfter(Duration time, CertificateDefect defect) implements CertificatePlan {
    @Override
    public CertificateDefect at(int handshake, Duration since) {
      return since.compareTo(time) < 0 ? defect : CertificateDefect.NONE;
    }
  }
}
