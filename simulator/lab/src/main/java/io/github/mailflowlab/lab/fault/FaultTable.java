package io.github.mailflowlab.lab.fault;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every fault the lab can make, one row each, in the order of the catalogue. */
public final class FaultTable {
  private FaultTable() {}

  /** The fault with this id; empty when the lab cannot make it. */
  public static Optional<Fault> find(String id) {
    return rows().stream().filter(fault -> fault.id().equals(id)).findFirst();
  }

  public static List<Fault> rows() {
    return Stream.of(
            DnsFaults.rows(),
            TcpFaults.rows(),
            GreetingFaults.rows(),
            OfferFaults.rows(),
            TransactionFaults.rows(),
            ShapeFaults.rows(),
            FirewallFaults.rows(),
            TlsFaults.rows(),
            CertificateFaults.rows())
        .flatMap(List::stream)
        .toList();
  }
}
