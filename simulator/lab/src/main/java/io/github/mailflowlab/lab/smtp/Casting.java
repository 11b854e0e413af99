package io.github.mailflowlab.lab.smtp;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

/** Which part a host plays for whom. Asked once for each connection, on the host's event loop. */
@FunctionalInterface
public interface Casting {
  Part part(InetAddress client);

  /**
   * A part.
   *
   * @param behaviour all but where the host listens, which is one for all
   * @param since when it was given its certificate
   * @param faults the ids of the fault orders that made it so
   */
  record Part(HostBehaviour behaviour, Instant since, List<String> faults) {
    public Part {
      faults = List.copyOf(faults);
    }
  }
}
