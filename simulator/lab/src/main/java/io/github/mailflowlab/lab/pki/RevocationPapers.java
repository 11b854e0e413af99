package io.github.mailflowlab.lab.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Lists of revoked certificates (RFC 5280 5) and answers about single ones (RFC 6960), signed by
 * their authority, made anew each time. Immutable; any thread may use it.
 */
record RevocationPapers(Authority issuer, InstantSource clock) {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** From an hour ago for a day. */
  Validity today() {
    Instant from = clock.instant().minus(HOUR);
    return new Validity(from, from.plus(DAY));
  }

  /** The day that ended yesterday. */
  Validity pastDay() {
    Instant until = clock.instant().minus(DAY);
    return new Validity(until.minus(DAY), until);
  }

  byte[] list(Collection<BigInteger> revoked, Validity dates) {
    X509v2CRLBuilder list = new X509v2CRLBuilder(issuer.name(), Date.from(dates.from()));
    list.setNextUpdate(Date.from(dates.until()));
    for (BigInteger serial : revoked) {
      list.addCRLEntry(serial, Date.from(dates.from()), CRLReason.keyCompromise);
    }
    try {
      return list.build(issuer.signer()).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] answer(byte[] request, Collection<BigInteger> revoked, Validity dates) {
    try {
      BasicOCSPRespBuilder answer = new BasicOCSPRespBuilder(responderId());
      for (Req one : new OCSPReq(request).getRequestList()) {
        CertificateID id = one.getCertID();
        answer.addResponse(
            id,
            revoked.contains(id.getSerialNumber()) ? revoked(dates) : CertificateStatus.GOOD,
            Date.from(dates.from()),
            Date.from(dates.until()));
      }
      return new OCSPRespBuilder()
          .build(
              OCSPRespBuilder.SUCCESSFUL,
              answer.build(issuer.signer(), new X509CertificateHolder[0], Date.from(dates.from())))
          .getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OCSPException | OperatorException e) {
      throw new IllegalStateException(e);
    }
  }

  private RespID responderId() throws OCSPException, OperatorException {
    DigestCalculator sha1 = new JcaDigestCalculatorProviderBuilder().build().get(RespID.HASH_SHA1);
    return new RespID(
        SubjectPublicKeyInfo.getInstance(issuer.keys().getPublic().getEncoded()), sha1);
  }

  private static RevokedStatus revoked(Validity dates) {
    return new RevokedStatus(Date.from(dates.from()), CRLReason.keyCompromise);
  }
}
