package io.github.mailflowlab.lab.order;

import io.github.mailflowlab.lab.smtp.Dealing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whom an order is about; everybody who fits all that is said.
 *
 * @param client the address
 * @param helo the name in EHLO or HELO
 * @param sender the reverse-path
 * @param recipient one of the forward-paths
 * @param sizeAtLeast of the content in octets
 */
public record Who(
    Optional<Glob> client,
    Optional<Glob> helo,
    Optional<Glob> sender,
    Optional<Glob> recipient,
    OptionalLong sizeAtLeast) {
  public static final Who ANYBODY =
      new Who(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty());

  /** Whom, of those with such a sender. */
  public Who withSender(String glob) {
    return new Who(client, helo, Optional.of(new Glob(glob)), recipient, sizeAtLeast);
  }

  /** Whom, of those with such a recipient. */
  public Who withRecipient(String glob) {
    return new Who(client, helo, sender, Optional.of(new Glob(glob)), sizeAtLeast);
  }

  /** Whom, of those whose content has so many octets. */
  public Who withSizeAtLeast(long octets) {
    return new Who(client, helo, sender, recipient, OptionalLong.of(octets));
  }

  /** Why this is somebody else; empty when it is the one. The first reason there is. */
  Optional<String> mismatch(Dealing dealing) {
    return mismatch("client", client, List.of(dealing.client().getHostAddress()))
        .or(() -> mismatch("helo", helo, dealing.helo().stream().toList()))
        .or(() -> mismatch("sender", sender, dealing.sender().stream().toList()))
        .or(() -> mismatch("recipient", recipient, dealing.recipients()))
        .or(() -> tooSmall(dealing.size()));
  }

  private static Optional<String> mismatch(String name, Optional<Glob> glob, List<String> values) {
    return glob.filter(wanted -> values.stream().noneMatch(wanted::matches))
        .map(wanted -> name + " " + String.join(", ", values) + " (ordered: " + wanted + ")");
  }

  private Optional<String> tooSmall(OptionalLong size) {
    return sizeAtLeast.isPresent() && size.orElse(0) < sizeAtLeast.getAsLong()
        ? Optional.of(
            "size " + size.orElse(0) + " (ordered: at least " + sizeAtLeast.getAsLong() + ")")
        : Optional.empty();
  }
}
