package io.github.mailflowlab.smtp.dns;

import io.github.mailflowlab.failure.DnsProblem;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The port to a DNS library: single questions, each answered within its limits. All threads. */
interface DnsRecords {
  /** The MX records of a name. Never completes exceptionally. */
  CompletionStage<Answer<MailServer>> mailServers(String name);

  /** The A records of a name. Never completes exceptionally. */
  CompletionStage<Answer<InetAddress>> ipv4(String name);

  /** The AAAA records of a name. Never completes exceptionally. */
  CompletionStage<Answer<InetAddress>> ipv6(String name);

  /** One MX record; the empty name is the null MX of RFC 7505. */
  record MailServer(int preference, String name) {}

  /** An answer: records, or why there are none. */
  record Answer<T>(List<T> records, DnsProblem problem) {
    public Answer {
      records = List.copyOf(records);
    }

    /** No records is {@link DnsProblem#NO_RECORDS}. */
    static <T> Answer<T> of(List<T> records) {
      return new Answer<>(records, DnsProblem.NO_RECORDS);
    }

    static <T> Answer<T> failed(DnsProblem problem) {
      return new Answer<>(List.of(), problem);
    }

    boolean isEmpty() {
      return records.isEmpty();
    }
  }
}
