package io.github.mailflowlab.smtp.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The way up from a presented leaf, followed by us to see where it ends. Signatures are verified on
 * the way; whether the chain is acceptable is another question.
 *
 * @param path from the leaf to the last certificate that could be found, a trusted root included
 * @param end how it ended
 */
record PeerChain(List<X509Certificate> path, End end) {
  /** The JDK takes no longer chain from a peer either. */
  private static final int MAX_LENGTH = 10;

  /** Where a way up ends. */
  enum End {
    /** At a root we trust. */
    TRUSTED,
    /** At the leaf, which signed itself. */
    SELF_SIGNED_LEAF,
    /** At a root we do not trust. */
    UNTRUSTED_ROOT,
    /** At a certificate whose issuer nobody showed us. */
    ISSUER_MISSING
  }

  PeerChain {
    path = List.copyOf(path);
  }

  /**
   * Follows the way up. Of several issuers for the same certificate, as after a renewal, one in
   * date is taken first, and then one that is trusted.
   */
  static PeerChain follow(
      List<X509Certificate> presented, Collection<X509Certificate> roots, Instant now) {
    List<X509Certificate> path = new ArrayList<>(presented.subList(0, 1));
    while (true) {
      X509Certificate top = path.get(path.size() - 1);
      if (roots.contains(top)) {
        return new PeerChain(path, End.TRUSTED);
      }
      List<X509Certificate> others = presented.stream().filter(one -> !path.contains(one)).toList();
      Optional<X509Certificate> issuer =
          issuerOf(top, roots, now)
              .or(() -> issuerOf(top, others, now))
              .or(() -> issuerOf(top, roots))
              .or(() -> issuerOf(top, others));
      if (issuer.isEmpty() && isIssuedBy(top, top)) {
        return new PeerChain(path, path.size() == 1 ? End.SELF_SIGNED_LEAF : End.UNTRUSTED_ROOT);
      }
      if (issuer.isEmpty() || path.size() == MAX_LENGTH) {
        return new PeerChain(path, End.ISSUER_MISSING);
      }
      path.add(issuer.get());
    }
  }

  X509Certificate leaf() {
    return path.get(0);
  }

  /** The last one that could be found. */
  X509Certificate top() {
    return path.get(path.size() - 1);
  }

  /** Without the trusted root; empty for a leaf that is trusted by itself. */
  List<X509Certificate> belowRoot() {
    return end == End.TRUSTED ? path.subList(0, path.size() - 1) : path;
  }

  /** The subject of a sentence about one of the path, by which it can be found. */
  String which(X509Certificate one) {
    if (one.equals(leaf())) {
      return "The certificate";
    }
    boolean isRoot = one.equals(top()) && end != End.ISSUER_MISSING;
    String role =
        !isRoot ? "The intermediate" : end == End.TRUSTED ? "The trusted root" : "The root";
    return role
        + " "
        + CertificateText.subject(one)
        + " (thumbprint "
        + CertificateText.thumbprint(one)
        + ")";
  }

  private static Optional<X509Certificate> issuerOf(
      X509Certificate subject, Collection<X509Certificate> candidates, Instant now) {
    return candidates.stream()
        .filter(one -> !now.isBefore(one.getNotBefore().toInstant()))
        .filter(one -> !now.isAfter(one.getNotAfter().toInstant()))
        .filter(one -> isIssuedBy(subject, one))
        .findFirst();
  }

  private static Optional<X509Certificate> issuerOf(
      X509Certificate subject, Collection<X509Certificate> candidates) {
    return candidates.stream().filter(one -> isIssuedBy(subject, one)).findFirst();
  }

  private static boolean isIssuedBy(X509Certificate subject, X509Certificate issuer) {
    if (!subject.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      subject.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      return false; // A peer's certificate can break a verifier in more ways than it declares.
    }
  }
}
