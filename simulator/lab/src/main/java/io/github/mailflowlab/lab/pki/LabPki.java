package io.github.mailflowlab.lab.pki;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lab's certificate authorities. They are made when the first certificate is asked for, because
 * many hosts never show one, and keys take their time. Any thread may call it.
 */
public final class LabPki implements AutoCloseable {
  private final InstantSource clock;
  private @Nullable Hierarchy hierarchy;

  /** Without authorities yet. */
  public LabPki(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * The roots to trust, the good one first; the other one is out of date.
   *
   * @throws java.io.UncheckedIOException when it is the first call, and no port can be had for what
   *     the authorities say of revoked certificates
   */
  public List<X509Certificate> roots() {
    return hierarchy().roots();
  }

  /** The time by which certificates are dated. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * A new chain for the host with that defect.
   *
   * @throws java.io.UncheckedIOException as {@link #roots}
   */
  public PresentedChain issue(String hostName, CertificateDefect defect) {
    return hierarchy().issue(hostName, defect);
  }

  private synchronized Hierarchy hierarchy() {
    Hierarchy made = hierarchy;
    if (made == null) {
      made = new Hierarchy(clock);
      hierarchy = made;
    }
    return made;
  }

  /** Closes what tells of revoked certificates. */
  @Override
  public synchronized void close() {
    if (hierarchy != null) {
      hierarchy.close();
    }
  }
}
