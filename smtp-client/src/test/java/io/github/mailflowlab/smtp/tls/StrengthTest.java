package io.github.mailflowlab.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StrengthTest {
  private static final KeyPair RSA = Forge.newKeys("RSA", 2048);

  @ParameterizedTest
  @CsvSource({"512, true", "1024, true", "2047, true", "2048, false", "4096, false"})
  void demandsSoManyBitsOfRsa(int bits, boolean weak) throws Exception {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    PublicKey key =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));

    assertThat(Strength.weakKey(key).isPresent()).isEqualTo(weak);
  }

  @Test
  void leavesKeysOfOtherKindsToTheJdk() {
    assertThat(Strength.weakKey(Forge.newKeys("EC", 256).getPublic())).isEmpty();
    assertThat(Strength.weakKey(Forge.newKeys("Ed25519", 255).getPublic())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "MD5withRSA, MD5withRSA",
    "SHA1withRSA, SHA1withRSA",
    "SHA224withRSA,",
    "SHA256withRSA,",
    "SHA512withRSA,"
  })
  void knowsWeakDigests(String algorithm, String weak) throws Exception {
    X509Certificate certificate = signed(new JcaContentSignerBuilder(algorithm));

    assertThat(Strength.weakSignature(certificate))
        .isEqualTo(Optional.ofNullable(weak).map(name -> name + " (expected: SHA-256 or better)"));
  }

  /** The algorithm's name says nothing of it; its parameters do. */
  @ParameterizedTest
  @CsvSource({"SHA-1, true", "SHA-256, false"})
  void findsADigestInTheParameters(String digest, boolean weak) throws Exception {
    X509Certificate certificate =
        new Forge(Court.DAY).leaf(RSA, new PssSigner(RSA.getPrivate(), digest));

    assertThat(certificate.getSigAlgName()).isEqualTo("RSASSA-PSS");
    assertThat(Strength.weakSignature(certificate).isPresent()).isEqualTo(weak);
  }

  private static X509Certificate signed(JcaContentSignerBuilder signer) throws Exception {
    return new Forge(Court.DAY).leaf(RSA, signer.build(RSA.getPrivate()));
  }
}
