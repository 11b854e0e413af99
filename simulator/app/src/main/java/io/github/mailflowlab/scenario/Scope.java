package io.github.mailflowlab.scenario;

import io.github.mailflowlab.mail.Mailbox;
import java.util.Optional;

/**
 * Which mail an expectation is about; what is absent does not matter.
 *
 * @param connector through which it goes or went
 * @param from who sent it
 * @param to who should get it
 * @param host the host that is looked at, where hosts are
 */
record Scope(
    Optional<String> connector,
    Optional<Mailbox> from,
    Optional<Mailbox> to,
    Optional<String> host) {
  /** All mail and all hosts. */
  public static final Scope ALL =
      new Scope(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** {@code " (to bob@onprem.example)"}, or nothing. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    connector.ifPresent(name -> text.append(", through ").append(name));
    from.ifPresent(sender -> text.append(", from ").append(sender));
    to.ifPresent(recipient -> text.append(", to ").append(recipient));
    host.ifPresent(name -> text.append(", at ").append(name));
    return text.isEmpty() ? "" : " (" + text.substring(2) + ")";
  }
}
