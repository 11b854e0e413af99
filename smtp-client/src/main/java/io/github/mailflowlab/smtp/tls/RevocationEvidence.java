package io.github.mailflowlab.smtp.tls;

import io.github.mailflowlab.smtp.wire.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateRevokedException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * What signed papers say of one certificate. The JDK judges them (RFC 5280 6.3, RFC 6960 3.2): who
 * may sign, dates, scope. It is given the paper and does not fetch any itself; Bouncy Castle does
 * what the JDK keeps to itself, to ask and to read dates.
 *
 * @param certificate the one in question
 * @param issuer the next one on the way up, already found to be good
 * @param now by which the dates are judged
 */
record RevocationEvidence(X509Certificate certificate, X509Certificate issuer, Instant now) {
  /** How long no word, or a word without a date, is remembered. */
  static final Duration SHORT_MEMORY = Duration.ofSeconds(30);

  private static final int MAX_REASON = 200;

  /** What to ask an OCSP responder. */
  byte[] question() throws IOException {
    try {
      CertificateID id =
          new CertificateID(
              new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
              new JcaX509CertificateHolder(issuer),
              certificate.getSerialNumber());
      return new OCSPReqBuilder().addRequest(id).build().getEncoded();
    } catch (GeneralSecurityException | OperatorException | OCSPException e) {
      throw new IOException("no question can be made of it", e);
    }
  }

  /** By the answer of an OCSP responder, fetched or stapled. */
  RevocationStatus byAnswer(byte[] answer, String source) {
    try {
      CertPathValidator validator = CertPathValidator.getInstance("PKIX");
      PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
      checker.setOptions(EnumSet.of(PKIXRevocationChecker.Option.NO_FALLBACK));
      checker.setOcspResponses(Map.of(certificate, answer));
      PKIXParameters parameters = parameters();
      parameters.addCertPathChecker(checker);
      return judged(validator, parameters, nextUpdate(answer), source);
    } catch (GeneralSecurityException | IOException | OCSPException e) {
      return unknown(source, e);
    }
  }

  /** By a list of revoked certificates. */
  RevocationStatus byList(byte[] octets, String source) {
    try {
      X509CRL list =
          (X509CRL)
              CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(octets));
      PKIXParameters parameters = parameters();
      // Without a checker of its own it looks at the lists it is given, and at no others.
      parameters.setRevocationEnabled(true);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(list))));
      CertPathValidator validator = CertPathValidator.getInstance("PKIX");
      return judged(validator, parameters, Optional.ofNullable(list.getNextUpdate()), source);
    } catch (GeneralSecurityException e) {
      return unknown(source, e);
    }
  }

  RevocationStatus unknown(String source, Exception why) {
    return new RevocationStatus.Unknown(
        source + ": " + Printable.of(String.valueOf(why.getMessage()), MAX_REASON),
        now.plus(SHORT_MEMORY));
  }

  private PKIXParameters parameters() throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    return parameters;
  }

  private RevocationStatus judged(
      CertPathValidator validator,
      PKIXParameters parameters,
      Optional<Date> nextUpdate,
      String source)
      throws GeneralSecurityException {
    Instant until = nextUpdate.map(Date::toInstant).orElse(now.plus(SHORT_MEMORY));
    CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
    try {
      validator.validate(path, parameters);
      return new RevocationStatus.Good(until);
    } catch (CertPathValidatorException e) {
      if (e.getCause() instanceof CertificateRevokedException revoked) {
        String how =
            "on " + revoked.getRevocationDate().toInstant() + " (" + revoked.getRevocationReason();
        return new RevocationStatus.Revoked(how + "), says " + source, until);
      }
      return now.isAfter(until)
          ? new RevocationStatus.Unknown(
              source + ": out of date since " + until, now.plus(SHORT_MEMORY))
          : unknown(source, e);
    }
  }

  private Optional<Date> nextUpdate(byte[] answer) throws IOException, OCSPException {
    if (!(new OCSPResp(answer).getResponseObject() instanceof BasicOCSPResp basic)) {
      return Optional.empty();
    }
    return Stream.of(basic.getResponses())
        .filter(one -> one.getCertID().getSerialNumber().equals(certificate.getSerialNumber()))
        .findFirst()
        .map(SingleResp::getNextUpdate);
  }
}
