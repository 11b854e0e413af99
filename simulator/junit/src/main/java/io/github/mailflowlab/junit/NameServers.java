package io.github.mailflowlab.junit;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.lab.order.FaultOrder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom to ask for names: the lab's DNS server, or, where servers are the fault, others that know
 * the same names. Who asks has to be told from the start, so such a fault cannot come later.
 * Guarded by its {@link TestLab}.
 */
final class NameServers {
  private final Lab lab;
  private Optional<StagedFault> broken = Optional.empty();

  NameServers(Lab lab) {
    this.lab = lab;
  }

  List<InetSocketAddress> addresses() {
    return broken.map(StagedFault::dnsServers).orElseGet(() -> List.of(lab.dns()));
  }

  /** Whether that is a fault of the servers, rather than of a host or its name. */
  boolean areAbout(String faultId) {
    return lab.faultIds().contains(faultId)
        && FaultOrder.check(Map.of("id", faultId)) instanceof Checked.Invalid;
  }

  /**
   * Breaks them.
   *
   * @param areKnown whether somebody has been told whom to ask
   * @throws IllegalArgumentException when it is too late for that fault
   */
  void breakWith(String faultId, boolean areKnown) {
    if (broken.filter(fault -> fault.id().equals(faultId)).isPresent()) {
      broken.get().breakAgain();
    } else if (areKnown) {
      throw new IllegalArgumentException(
          faultId + ": has to be there before the connector starts (use @Faulty)");
    } else {
      startOver();
      broken = Optional.of(lab.stage(faultId));
    }
  }

  void repair() {
    broken.ifPresent(StagedFault::repair);
  }

  /** Whether they were broken so. */
  boolean repair(String faultId) {
    boolean isIt = broken.filter(fault -> fault.id().equals(faultId)).isPresent();
    if (isIt) {
      repair();
    }
    return isIt;
  }

  /** For the next test. */
  void startOver() {
    broken.ifPresent(StagedFault::close);
    broken = Optional.empty();
  }
}
