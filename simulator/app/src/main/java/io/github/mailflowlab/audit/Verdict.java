package io.github.mailflowlab.audit;

import io.github.mailflowlab.audit.Ledger.Answer;
import io.github.mailflowlab.audit.Ledger.Copy;
import io.github.mailflowlab.audit.Ledger.Offer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares what the program kept with the ledger. A finding is a broken promise:
 *
 * <ul>
 *   <li>what was acknowledged is there, once; what was refused is not;
 *   <li>each recipient is delivered, returned or queued, and only one of these; what the program
 *       says of it is what the next hop and the mailbox say;
 *   <li>only the last message of a connection is sent again, and only in a later life: the one that
 *       was in flight when the process died;
 *   <li>each recipient is in one NDR at most, so no set of recipients is returned twice.
 * </ul>
 *
 * Used once, by one thread.
 */
final class Verdict {
  private final Ledger.Page ledger;
  private final Map<String, List<Copy>> copies = new HashMap<>();
  private final Map<Integer, Integer> lastOfConnection = new HashMap<>();
  private final Map<String, Integer> returns = new HashMap<>();
  private final Map<String, List<Kept.Message>> messages = new HashMap<>();
  private final Map<String, Integer> ends = new HashMap<>();
  private final List<String> findings = new ArrayList<>();

  Verdict(Ledger.Page ledger, Kept kept) {
    this.ledger = ledger;
    for (Copy copy : ledger.copies()) {
      copy.recipients()
          .forEach(one -> copies.computeIfAbsent(one, k -> new ArrayList<>()).add(copy));
      lastOfConnection.put(copy.connection(), copy.number());
    }
    kept.ndrs().forEach(ndr -> ndr.forEach(one -> returns.merge(one, 1, Integer::sum)));
    for (Kept.Message message : kept.messages()) {
      messages.computeIfAbsent(message.id(), k -> new ArrayList<>()).add(message);
    }
    ledger.offers().forEach(this::judge);
    copies.forEach(this::judgeRepetition);
    findStrangers();
  }

  /** Every broken promise, with the id or the address. */
  List<String> findings() {
    return List.copyOf(findings);
  }

  /** How many recipients ended so: Pending, Delivered or Failed. */
  int ended(String status) {
    return ends.getOrDefault(status, 0);
  }

  /** Messages that the next hop got once more. */
  long repetitions() {
    Set<List<String>> seen = new HashSet<>();
    return ledger.copies().stream().filter(copy -> !seen.add(copy.recipients())).count();
  }

  private void judge(Offer offer) {
    List<Kept.Message> there = messages.getOrDefault(offer.id(), List.of());
    if (there.size() > 1) {
      findings.add(offer.id() + ": kept " + there.size() + " times");
    } else if (there.isEmpty()) {
      if (offer.answer() == Answer.ACKNOWLEDGED) {
        findings.add(offer.id() + ": acknowledged and lost");
      }
      offer.recipients().forEach(this::expectNothing);
    } else if (offer.answer() == Answer.REFUSED) {
      findings.add(offer.id() + ": refused and kept");
    } else {
      offer
          .recipients()
          .forEach(one -> judge(one, there.get(0).recipients().getOrDefault(one, "?")));
    }
  }

  private void expectNothing(String recipient) {
    if (copies(recipient) + returns(recipient) > 0) {
      findings.add(recipient + ": delivered or returned, and not kept");
    }
  }

  private void judge(String recipient, String status) {
    ends.merge(status, 1, Integer::sum);
    boolean right =
        switch (status) {
          case "Delivered" -> copies(recipient) > 0 && returns(recipient) == 0;
          case "Failed" -> copies(recipient) == 0 && returns(recipient) == 1;
          case "Pending" -> copies(recipient) == 0 && returns(recipient) == 0;
          default -> false;
        };
    if (!right) {
      findings.add(
          recipient
              + ": "
              + status
              + ", copies at the next hop: "
              + copies(recipient)
              + ", NDRs: "
              + returns(recipient));
    }
  }

  private int copies(String recipient) {
    return copies.getOrDefault(recipient, List.of()).size();
  }

  private int returns(String recipient) {
    return returns.getOrDefault(recipient, 0);
  }

  private void judgeRepetition(String recipient, List<Copy> same) {
    for (int i = 1; i < same.size(); i++) {
      Copy before = same.get(i - 1);
      if (same.get(i).life() <= before.life()) {
        findings.add(recipient + ": sent twice in life " + before.life());
      } else if (lastOfConnection.getOrDefault(before.connection(), -1) != before.number()) {
        findings.add(recipient + ": sent again, though its connection had carried another since");
      }
    }
  }

  private void findStrangers() {
    Set<String> known = new HashSet<>();
    for (Offer offer : ledger.offers()) {
      known.add(offer.id());
      known.addAll(offer.recipients());
    }
    Stream.of(messages, copies, returns)
        .flatMap(seen -> seen.keySet().stream())
        .filter(name -> !known.contains(name))
        .forEach(name -> findings.add(name + ": never offered"));
  }
}
