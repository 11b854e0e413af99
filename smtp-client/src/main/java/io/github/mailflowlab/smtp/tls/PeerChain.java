package io.github.mailflowlab.smtp.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
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

  static PeerChain follow(List<X509Certificate> presented, Collection<X509Certificate> roots) {
    List<X509Certificate> path = new ArrayList<>(presented.subList(0, 1));
    while (true) {
      X509Certificate top = path.get(path.size() - 1);
      if (roots.contains(top)) {
        return new PeerChain(path, End.TRUSTED);
      }
      Optional<X509Certificate> root = issuerOf(top, roots);
      if (root.isPresent()) {
        path.add(root.get());
        return new PeerChain(path, End.TRUSTED);
      }
      if (isIssuedBy(top, top)) {
        return new PeerChain(path, path.size() == 1 ? End.SELF_SIGNED_LEAF : End.UNTRUSTED_ROOT);
      }
      Optional<X509Certificate> issuer =
          issuerOf(top, presented).filter(found -> !path.contains(found));
      if (issuer.isEmpty() || path.size() == MAX_LENGTH) {
        return new PeerChain(path, End.ISSUER_MISSING);
      }
      path.add(issuer.get());
    }
  }

  private static Optional<X509Certificate> issuerOf(
      X509Certificate subject, Collection<X509Certificate> candidates) {
    return candidates.stream().filter(issuer -> isIssuedBy(subject, issuer)).findFirst();
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
