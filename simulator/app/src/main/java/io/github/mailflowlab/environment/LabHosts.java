package io.github.mailflowlab.environment;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.document.HostDocument;
import io.github.mailflowlab.document.HostMessageDocument;
import io.github.mailflowlab.document.HostSessionDocument;
import io.github.mailflowlab.document.OrderDocument;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.order.FaultOrder;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The hosts of a lab as they are shown and changed from outside. Any thread. */
public final class LabHosts {
  private final Lab lab;

  public LabHosts(Lab lab) {
    this.lab = lab;
  }

  /** All hosts, by name. */
  public HostDocument.Listing listing() {
    return new HostDocument.Listing(
        lab.hosts().values().stream().map(HostDocuments::host).toList());
  }

  /** Orders that could have been seen to act, and were not, by host. */
  public Map<String, List<OrderDocument>> neverMet() {
    Map<String, List<OrderDocument>> unmet = new TreeMap<>();
    lab.neverMet().forEach((name, reports) -> unmet.put(name, HostDocuments.orders(reports)));
    return unmet;
  }

  /** The names there are. */
  public List<String> names() {
    return List.copyOf(lab.hosts().keySet());
  }

  public boolean knows(String name) {
    return find(name).isPresent();
  }

  public Optional<HostDocument> host(String name) {
    return find(name).map(HostDocuments::host);
  }

  private Optional<NamedHost> find(String name) {
    return Optional.ofNullable(lab.hosts().get(name.toLowerCase(Locale.ROOT)));
  }

  private NamedHost known(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("host: " + name));
  }

  public Optional<OrderDocument.Listing> faults(String name) {
    return find(name).map(host -> new OrderDocument.Listing(HostDocuments.orders(host.faults())));
  }

  /**
   * Gives a host these orders instead of those it has.
   *
   * @param name of a host there is
   * @param written each as {@link FaultOrder#check} reads it
   * @return its orders, or every problem; then nothing was changed
   */
  public Checked<OrderDocument.Listing> replace(String name, List<Map<String, String>> written) {
    List<ConfigProblem> problems = new ArrayList<>();
    List<FaultOrder> orders = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      String prefix = "faults[" + i + "].";
      Checked<FaultOrder> checked = FaultOrder.check(written.get(i));
      checked.problems().stream()
          .map(problem -> new ConfigProblem(prefix + problem.key(), problem.message()))
          .forEach(problems::add);
      if (checked.problems().isEmpty()) {
        orders.add(checked.value());
      }
    }
    return problems.isEmpty()
        ? change(name, host -> host.faults(orders))
        : new Checked.Invalid<>(problems);
  }

  /** The same for one more order, on top of the others. */
  public Checked<OrderDocument.Listing> add(String name, Map<String, String> written) {
    Checked<FaultOrder> checked = FaultOrder.check(written);
    return checked.problems().isEmpty()
        ? change(name, host -> host.add(checked.value()))
        : new Checked.Invalid<>(checked.problems());
  }

  /** What the order says was right; what this machine or this host cannot do is said now. */
  private Checked<OrderDocument.Listing> change(String name, Consumer<NamedHost> change) {
    try {
      change.accept(known(name));
      return new Checked.Valid<>(faults(name).orElseThrow());
    } catch (IllegalArgumentException | UncheckedIOException e) {
      return new Checked.Invalid<>(
          List.of(new ConfigProblem("faults", String.valueOf(e.getMessage()))));
    }
  }

  /** Takes all orders of a host there is away. */
  public void clear(String name) {
    known(name).clear();
  }

  /** Takes the orders with that id away; whether there were any. */
  public boolean remove(String name, String id) {
    return known(name).remove(id);
  }

  /** Drops a host's sessions and forgets what it saw. */
  public void startOver(String name) {
    known(name).startOver();
  }

  /**
   * Some sessions, the oldest first.
   *
   * @param after the number of the one before
   */
  public Optional<HostSessionDocument.Page> sessions(String name, int limit, int after) {
    return find(name)
        .map(
            host -> {
              List<HostSessionDocument> found =
                  host.sessions().stream()
                      .filter(session -> session.number() > after)
                      .limit(limit + 1L)
                      .map(HostDocuments::session)
                      .toList();
              boolean more = found.size() > limit;
              List<HostSessionDocument> page = more ? found.subList(0, limit) : found;
              return new HostSessionDocument.Page(
                  page,
                  more
                      ? Optional.of(Integer.toString(page.get(limit - 1).number()))
                      : Optional.empty());
            });
  }

  /**
   * Some messages, the oldest first.
   *
   * @param after the id of the one before; from the oldest when there is none, any more
   */
  public Optional<HostMessageDocument.Page> messages(
      String name, int limit, Optional<String> after) {
    return find(name)
        .map(
            host -> {
              List<ReceivedMessage> all = host.received();
              int from = after.map(id -> indexOf(all, id) + 1).orElse(0);
              int to = Math.min(all.size(), from + limit);
              List<HostMessageDocument> page =
                  all.subList(from, to).stream().map(HostDocuments::message).toList();
              return new HostMessageDocument.Page(
                  page,
                  to < all.size() ? Optional.of(page.get(page.size() - 1).id()) : Optional.empty());
            });
  }

  private static int indexOf(List<ReceivedMessage> messages, String id) {
    for (int i = 0; i < messages.size(); i++) {
      if (HostDocuments.id(messages.get(i)).equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** The octets of a message. */
  public Optional<byte[]> content(String name, String id) {
    return find(name)
        .flatMap(
            host ->
                host.received().stream()
                    .filter(message -> HostDocuments.id(message).equals(id))
                    .findFirst())
        .map(ReceivedMessage::content);
  }
}
