package io.github.mailflowlab.alerting.notify;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.AlertNotifier;
import io.github.mailflowlab.alerting.AlertStore;
import io.github.mailflowlab.alerting.Notification;
import io.github.mailflowlab.alerting.Webhook;
import io.github.mailflowlab.time.TaskScheduler;
import io.github.mailflowlab.time.WorkInFlight;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one webhook. One notification is on its way at a time, the others wait in line, so that a
 * receiver hears of an alert's end after its beginning; what fails is tried again on the lab's
 * clock, and then given up. A try is work in flight. Nothing is followed and nothing is read: any
 * answer but a 2xx is a failure, a redirect too. What waits is stored until it is sent or given up,
 * and the next run goes on with it: a crash in between tells twice rather than never.
 *
 * <p>Told by the alert service's thread, woken by the client's and the scheduler's, asked by any:
 * the state is under a lock, and nothing is waited for under it.
 */
public final class WebhookNotifier implements AlertNotifier {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookNotifier.class);

  /** The waits between tries on the lab's clock; when they are used up, it is given up. */
  static final List<Duration> BACKOFF =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(60));

  /** How many may wait; the next is given up at once. */
  static final int MAX_WAITING = 100;

  /** How many are remembered, those that are over among them. */
  static final int MAX_REMEMBERED = 1000;

  /** How long a receiver may take to answer, on the wall clock. */
  public static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private record Task(long number, Alert alert) {}

  private final Webhook webhook;
  private final HttpClient client;
  private final Duration answerLimit;
  private final InstantSource wall;
  private final InstantSource clock;
  private final TaskScheduler scheduler;
  private final WorkInFlight work;
  private final WebhookOutbox outbox;

  private final Deque<Task> waiting = new ArrayDeque<>();
  private final Map<Long, Remembered> remembered = new LinkedHashMap<>();
  private long lastNumber;

  private record Remembered(String alertId, Notification notification) {}

  /**
   * A notifier for one address.
   *
   * @param answerLimit how long a receiver may take, on the wall clock
   * @param wall the clock of receivers, who know no lab time
   * @param store where what waits outlives the process; read at once
   */
  public WebhookNotifier(
      Webhook webhook,
      Duration answerLimit,
      InstantSource wall,
      InstantSource clock,
      TaskScheduler scheduler,
      WorkInFlight work,
      AlertStore store) {
    this.webhook = webhook;
    this.answerLimit = answerLimit;
    this.wall = wall;
    this.clock = clock;
    this.scheduler = scheduler;
    this.work = work;
    this.outbox = new WebhookOutbox(store, webhook, MAX_WAITING);
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(answerLimit)
            .build();
  }

  @Override
  public synchronized void start() {
    outbox.waiting().stream().map(one -> new Task(one.number(), one.alert())).forEach(this::accept);
  }

  @Override
  public void raised(Alert alert) {
    tell(alert);
  }

  @Override
  public void resolved(Alert alert) {
    tell(alert);
  }

  /** What is remembered, the oldest first. */
  @Override
  public synchronized List<Notification> about(String alertId) {
    return remembered.values().stream()
        .filter(one -> one.alertId().equals(alertId))
        .map(Remembered::notification)
        .toList();
  }

  private synchronized void tell(Alert alert) {
    Task task = new Task(lastNumber + 1, alert);
    if (waiting.size() >= MAX_WAITING) {
      lastNumber = task.number();
      note(task, Notification.State.FAILED, 0, Optional.of("Too many notifications are waiting"));
      return;
    }
    outbox.keep(task.number(), alert);
    accept(task);
  }

  private void accept(Task task) {
    lastNumber = task.number();
    note(task, Notification.State.PENDING, 0, Optional.empty());
    waiting.add(task);
    if (waiting.size() == 1) {
      attempt(task, 1);
    }
  }

  private void attempt(Task task, int number) {
    HttpRequest request =
        HttpRequest.newBuilder(webhook.url())
            .timeout(answerLimit)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(task.alert())))
            .build();
    WorkInFlight.Token token = work.begin();
    CompletionStage<HttpResponse<Boolean>> answer =
        client.sendAsync(request, head -> new IgnoredBody());
    answer.whenCompleteAsync(
        (response, trouble) -> {
          try (token) {
            answered(task, number, problem(response, trouble));
          } catch (RuntimeException e) {
            LOG.error("{} is not told any more", webhook.name(), e);
          }
        });
  }

  private String body(Alert alert) {
    return WebhookBody.of(alert, webhook.form(), wall.instant());
  }

  private static Optional<String> problem(
      @Nullable HttpResponse<?> response, @Nullable Throwable trouble) {
    if (response != null) {
      return response.statusCode() / 100 == 2
          ? Optional.empty()
          : Optional.of("HTTP status " + response.statusCode());
    }
    Throwable cause =
        trouble instanceof CompletionException && trouble.getCause() != null
            ? trouble.getCause()
            : trouble;
    if (cause instanceof HttpTimeoutException) {
      return Optional.of("No answer in time");
    }
    if (cause instanceof ConnectException) {
      return Optional.of("Cannot connect");
    }
    return Optional.of(cause == null ? "No answer" : cause.getClass().getSimpleName());
  }

  private synchronized void answered(Task task, int tries, Optional<String> problem) {
    if (problem.isPresent() && tries <= BACKOFF.size()) {
      note(task, Notification.State.PENDING, tries, problem);
      scheduler.schedule(
          clock.instant().plus(BACKOFF.get(tries - 1)), () -> attempt(task, tries + 1));
      return;
    }
    if (problem.isPresent()) {
      LOG.warn("{} was not told of alert {}: {}", webhook.name(), task.alert().id(), problem.get());
    }
    note(
        task,
        problem.isEmpty() ? Notification.State.SENT : Notification.State.FAILED,
        tries,
        problem);
    outbox.forget(task.number());
    waiting.remove();
    Task next = waiting.peek();
    if (next != null) {
      attempt(next, 1);
    }
  }

  private void note(Task task, Notification.State state, int tries, Optional<String> reason) {
    remembered.put(
        task.number(),
        new Remembered(
            task.alert().id(),
            new Notification(webhook.name(), task.alert().state(), state, tries, reason)));
    if (remembered.size() > MAX_REMEMBERED) {
      remembered.remove(remembered.keySet().iterator().next());
    }
  }
}
