package io.github.mailflowlab.lab.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys of hosts and authorities. Those of RSA are made when they are first asked for, one for each
 * length, because they take up to a tenth of a second. Any thread may call it.
 */
final class Keys {
  private final KeyPair p256 = newP256();
  private final Map<Integer, KeyPair> rsa = new ConcurrentHashMap<>();

  /** The one that all hosts share. */
  KeyPair p256() {
    return p256;
  }

  KeyPair rsa(int bits) {
    return rsa.computeIfAbsent(bits, Keys::newRsa);
  }

  static KeyPair newP256() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  private static KeyPair newRsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has RSA", e);
    }
  }
}
