package io.github.mailflowlab.smtp.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;

/** Signs with RSASSA-PSS as the JDK does it; Bouncy Castle asks the JDK for names it lacks. */
final class PssSigner implements ContentSigner {
  private static final String PSS = "RSASSA-PSS";
  private static final int SALT = 20;

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final PrivateKey key;
  private final PSSParameterSpec parameters;

  PssSigner(PrivateKey key, String digest) {
    this.key = key;
    this.parameters = new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), SALT, 1);
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    try {
      AlgorithmParameters encoded = AlgorithmParameters.getInstance(PSS);
      encoded.init(parameters);
      return new AlgorithmIdentifier(
          PKCSObjectIdentifiers.id_RSASSA_PSS, ASN1Primitive.fromByteArray(encoded.getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    try {
      Signature signature = Signature.getInstance(PSS);
      signature.setParameter(parameters);
      signature.initSign(key);
      signature.update(content.toByteArray());
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
