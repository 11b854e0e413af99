package io.github.mailflowlab.lab;

import io.github.mailflowlab.lab.dns.LabDns;
import io.github.mailflowlab.lab.dns.Naming;
import io.github.mailflowlab.lab.dns.ServerState;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Whom to ask for one host's name: the lab's DNS server, or, where a server is the fault, servers
 * of the host's own, which know all other names as well. Any thread but the servers' loop.
 */
final class NameService implements AutoCloseable {
  private final LabDns shared;
  private final String hostName;
  private final List<LabDns> own;

  private NameService(LabDns shared, String hostName, List<LabDns> own) {
    this.shared = shared;
    this.hostName = hostName;
    this.own = own;
  }

  static NameService start(LabDns shared, EventLoop loop, String hostName, Naming naming) {
    List<LabDns> own = naming.servers().stream().map(state -> shared.twin(loop)).toList();
    NameService started = new NameService(shared, hostName, own);
    started.behave(naming);
    return started;
  }

  /** In the order to ask them. */
  List<InetSocketAddress> addresses() {
    return own.isEmpty() ? List.of(shared.address()) : own.stream().map(LabDns::address).toList();
  }

  /** Names the host so; servers of its own that the value does not speak of are healthy. */
  void behave(Naming naming) {
    shared.answer(hostName, naming.answer());
    for (int i = 0; i < own.size(); i++) {
      boolean isNamed = i < naming.servers().size();
      own.get(i).become(isNamed ? naming.servers().get(i) : ServerState.SERVING);
    }
  }

  @Override
  public void close() {
    shared.forget(hostName);
    own.forEach(LabDns::close);
  }
}
