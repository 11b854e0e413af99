package io.github.mailflowlab.junit;

import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.SessionRecord;
import io.github.mailflowlab.lab.StagedFault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * A mail server on loopback, healthy or with a fault of the catalogue, which can change while it
 * runs. The hosts that a test asks for are its connector's smart hosts, in this order; a test of a
 * sender of its own lets that connect to them. Any thread.
 */
public final class SmartHost {
  private final StagedFault host;
  private final Path trust;

  SmartHost(StagedFault host, Path trust) {
    this.host = host;
    this.trust = trust;
  }

  /** Its name in the lab's DNS, which its certificate is for. */
  public String name() {
    return host.smartHost().host();
  }

  public int port() {
    return host.smartHost().port();
  }

  /** Where it listens, for a sender that does not ask the lab's DNS. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
  }

  /** The DNS servers that know its name. */
  public List<InetSocketAddress> dnsServers() {
    return host.dnsServers();
  }

  /** A PEM file with the roots of its certificate. */
  public Path trust() {
    return trust;
  }

  /**
   * Gives it a fault, from the next connection on.
   *
   * @param faultId of the catalogue, such as {@code tcp.refused}
   * @throws IllegalArgumentException for an unknown one, and for one that has to be there from the
   *     start; see {@link Faulty}
   */
  public void breakWith(String faultId) {
    host.breakWith(faultId);
  }

  /** Makes it healthy, from the next connection on. */
  public void repair() {
    host.repair();
  }

  /** What it stored, in order. */
  public List<ReceivedMessage> received() {
    return host.received();
  }

  /** The connections it had, in order, each with what both sides said. */
  public List<SessionRecord> sessions() {
    return host.sessions();
  }

  @Override
  public String toString() {
    return name() + ":" + port();
  }
}
