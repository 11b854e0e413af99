package io.github.mailflowlab.junit;

import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.SessionRecord;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.OrderReport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A mail server on loopback, healthy or with faults, which can change while it runs. The hosts that
 * a test asks for are its connector's smart hosts, in this order; a test of a sender of its own
 * lets that connect to them. Any thread.
 *
 * <p>A fault that nobody meets fails the test that has armed it: it has not tested what it says.
 */
public final class SmartHost {
  private final TestLab lab;
  private final NamedHost host;
  private final Set<String> missable = ConcurrentHashMap.newKeySet();

  SmartHost(TestLab lab, NamedHost host) {
    this.lab = lab;
    this.host = host;
  }

  /** Its name in the lab's DNS, which its certificate is for. */
  public String name() {
    return host.name();
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
    return lab.dnsServers();
  }

  /** A PEM file with the roots of its certificate. */
  public Path trust() {
    return lab.trust();
  }

  /**
   * Gives it a fault on top of those it has: at once if it is one of a single stage, otherwise from
   * the next connection on.
   *
   * @throws IllegalArgumentException when it cannot be made here
   */
  public void add(FaultOrder order) {
    lab.add(host, order);
  }

  /**
   * Gives it a fault of the catalogue, as {@link #add}, for everybody and always.
   *
   * @param faultId such as {@code tcp.refused}
   * @throws IllegalArgumentException for an unknown one, and for one of DNS servers once the
   *     connector has been told whom to ask; see {@link Faulty}
   */
  public void breakWith(String faultId) {
    lab.breakWith(host, faultId);
  }

  /** Takes all faults away. */
  public void repair() {
    lab.repair(host);
  }

  /**
   * Takes the faults of that id away.
   *
   * @throws IllegalArgumentException when there are none
   */
  public void repair(String faultId) {
    if (!lab.repair(host, faultId)) {
      List<String> ids = faults().stream().map(report -> report.order().id()).toList();
      throw new IllegalArgumentException(
          faultId + " is no fault of " + this + " (it has " + ids + ")");
    }
  }

  /** The faults in force or waiting, the lowest first, and what became of them. */
  public List<OrderReport> faults() {
    return host.faults();
  }

  /** Lets the test pass even when nobody meets the faults of that id. */
  public void mayMiss(String faultId) {
    missable.add(faultId);
  }

  /** What it stored, in order. */
  public List<ReceivedMessage> received() {
    return host.received();
  }

  /** The connections it had, in order, each with what both sides said. */
  public List<SessionRecord> sessions() {
    return host.sessions();
  }

  /** What was armed and has to be met, and was not. */
  List<OrderReport> neverMet() {
    return host.neverMet().stream()
        .filter(report -> !missable.contains(report.order().id()))
        .toList();
  }

  NamedHost host() {
    return host;
  }

  /** For the next test. */
  void startOver() {
    host.clear();
    host.startOver();
    missable.clear();
  }

  @Override
  public String toString() {
    return name() + ":" + port();
  }
}
