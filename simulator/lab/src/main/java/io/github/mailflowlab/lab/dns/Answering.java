package io.github.mailflowlab.lab.dns;

import java.util.Optional;
import org.xbill.DNS.Message;

/** Whoever knows what to say to a query; empty to say nothing. On the server's event loop. */
@FunctionalInterface
interface Answering {
  Optional<DnsReply> answer(Message query, boolean overTcp);
}
