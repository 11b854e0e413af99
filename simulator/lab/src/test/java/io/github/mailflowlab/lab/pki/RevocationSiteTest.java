package io.github.mailflowlab.lab.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.lab.pki.RevocationSite.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RevocationSiteTest {
  private static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");

  private final Authority issuer = Authority.of("Issuer");
  private final X509Certificate issuers = issuer.issueAuthority(issuer, Validity.ofAuthority(NOW));
  private final X509Certificate good = leaf();
  private final X509Certificate revoked = leaf();
  private final RevocationSite site =
      RevocationSite.open(issuer, Authority.of("Forger"), InstantSource.fixed(NOW));

  RevocationSiteTest() {
    site.revoke(revoked);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void listsWhatIsRevokedAndNothingElse() throws Exception {
    X509CRL list = list(State.HONEST);

    list.verify(issuers.getPublicKey());
    assertThat(list.isRevoked(revoked)).isTrue();
    assertThat(list.isRevoked(good)).isFalse();
    assertThat(list.getThisUpdate().toInstant()).isBefore(NOW);
    assertThat(list.getNextUpdate().toInstant()).isAfter(NOW);
  }

  @Test
  void liesInItsList() throws Exception {
    assertThat(list(State.OUT_OF_DATE).getNextUpdate().toInstant())
        .isEqualTo(NOW.minus(Duration.ofDays(1)));
    X509CRL forged = list(State.FORGED);
    assertThat(forged.getIssuerX500Principal()).isEqualTo(issuers.getSubjectX500Principal());
    assertThatThrownBy(() -> forged.verify(issuers.getPublicKey()))
        .isInstanceOf(SignatureException.class);
  }

  @Test
  void answersForOneCertificate() throws Exception {
    BasicOCSPResp about = answer(State.HONEST, revoked);

    assertThat(isSigned(about)).isTrue();
    assertThat(about.getResponses()[0].getCertStatus()).isInstanceOf(RevokedStatus.class);
    assertThat(about.getResponses()[0].getNextUpdate().toInstant()).isAfter(NOW);
    assertThat(answer(State.HONEST, good).getResponses()[0].getCertStatus()).isNull();
  }

  @Test
  void liesInItsAnswers() throws Exception {
    assertThat(answer(State.OUT_OF_DATE, good).getResponses()[0].getNextUpdate().toInstant())
        .isEqualTo(NOW.minus(Duration.ofDays(1)));
    assertThat(isSigned(answer(State.FORGED, good))).isFalse();
  }

  @Test
  void doesNotAnswerWhereItIsDown() {
    for (String uri : new String[] {site.list(State.DOWN), site.responder(State.DOWN)}) {
      assertThatThrownBy(() -> send(HttpRequest.newBuilder(URI.create(uri)).build()))
          .isInstanceOf(ConnectException.class);
    }
  }

  private X509Certificate leaf() {
    return issuer.issue(Leaf.of("mail.contoso.example", Keys.newP256(), Validity.around(NOW)));
  }

  private X509CRL list(State state)
      throws IOException, InterruptedException, GeneralSecurityException {
    byte[] body = send(HttpRequest.newBuilder(URI.create(site.list(state))).build());
    return (X509CRL)
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(body));
  }

  private BasicOCSPResp answer(State state, X509Certificate about) throws Exception {
    OCSPReq request =
        new OCSPReqBuilder()
            .addRequest(
                new CertificateID(
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1),
                    new JcaX509CertificateHolder(issuers),
                    about.getSerialNumber()))
            .build();
    byte[] body =
        send(
            HttpRequest.newBuilder(URI.create(site.responder(state)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.getEncoded()))
                .build());
    return (BasicOCSPResp) new OCSPResp(body).getResponseObject();
  }

  private boolean isSigned(BasicOCSPResp answer) throws Exception {
    return answer.isSignatureValid(
        new JcaContentVerifierProviderBuilder().build(issuers.getPublicKey()));
  }

  private static byte[] send(HttpRequest request) throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
  }
}
