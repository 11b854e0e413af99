package io.github.mailflowlab.training;

import io.github.mailflowlab.administration.HostAdministration;
import io.github.mailflowlab.alerting.AlertService;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.NearestWords;
import io.github.mailflowlab.document.LessonDocument;
import io.github.mailflowlab.document.LessonDocument.Finding;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.tenant.ConnectorValidation;
import io.github.mailflowlab.tenant.Tenant;
import io.github.mailflowlab.time.WorkInFlight;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A lesson that goes on: servers on this machine, and a learner who puts things right. It is opened
 * before the node, which lives by its clock and tells it what there is ({@link #meet}); then {@link
 * #begin} breaks things. Any thread; what changes the lesson follows one another.
 */
public final class Training implements AutoCloseable {
  private static final long SEED = 1;

  private final Lesson lesson;
  private final WorkInFlight work = new WorkInFlight();
  private final LabClock clock;
  private final Premises premises;
  private @Nullable Facts facts;
  private Instant began;
  private int hintsGiven;

  private Training(Lesson lesson) {
    this.lesson = lesson;
    this.clock = LabClock.start(Optional.empty(), work, change -> {});
    this.began = clock.instant();
    boolean started = false;
    try {
      Lab lab = Lab.start(clock, SEED);
      try {
        this.premises = new Premises(lesson, lab);
        started = true;
      } finally {
        if (!started) {
          lab.close();
        }
      }
    } finally {
      if (!started) {
        clock.close();
      }
    }
  }

  /**
   * Starts the servers of a lesson, still without mail.
   *
   * @return empty when there is no such lesson
   * @throws java.io.UncheckedIOException when no port can be had
   * @throws IllegalArgumentException when this machine cannot make one of the faults
   */
  public static Optional<Training> open(String lesson) {
    return Curriculum.lesson(lesson).map(Training::new);
  }

  /** For the node. */
  public LabClock clock() {
    return clock;
  }

  /** For the node. */
  public WorkInFlight work() {
    return work;
  }

  /** For the node: the organisation of the lesson, with its connectors. */
  public LabSettings settings(LabSettings.Listen listen, Path folder) {
    return premises.settings(listen, folder);
  }

  /** The knobs of the servers. */
  public HostAdministration administration() {
    return premises.administration();
  }

  /** Told by the node, before it takes requests. */
  public synchronized void meet(
      MailQueue queue, AlertService alerts, Tenant tenant, ConnectorValidation validation) {
    facts = new Facts(queue, alerts, tenant, validation, premises.lab(), premises.administration());
  }

  private Facts facts() {
    Facts known = facts;
    if (known == null) {
      throw new IllegalStateException("the node has not started");
    }
    return known;
  }

  /** Sends mail, and lets time pass until somebody complains. Blocks for a second or a few. */
  public synchronized void begin() {
    hintsGiven = 0;
    began = clock.instant();
    new Opening(facts(), clock).play(lesson);
  }

  /** All as it was when the lesson began, but later. Blocks as {@link #begin}. */
  public synchronized LessonDocument reset() {
    new TidyUp(facts(), clock).everything();
    premises.restore();
    begin();
    return lesson();
  }

  /** What it is about. */
  public synchronized LessonDocument lesson() {
    Lesson.Texts texts = lesson.texts();
    return new LessonDocument(
        lesson.id(),
        lesson.title(),
        lesson.code(),
        texts.story(),
        texts.symptoms(),
        texts.goal(),
        texts.commands(),
        began,
        hintsGiven,
        texts.hints().size());
  }

  /** The next hint; none once all are given. */
  public synchronized LessonDocument.Hint hint() {
    List<String> hints = lesson.texts().hints();
    if (hintsGiven == hints.size()) {
      return new LessonDocument.Hint(hintsGiven, hints.size(), Optional.empty());
    }
    String hint = filled(hints.get(hintsGiven));
    hintsGiven++;
    return new LessonDocument.Hint(hintsGiven, hints.size(), Optional.of(hint));
  }

  /** How it is done. */
  public synchronized LessonDocument.Solution solution() {
    Lesson.Texts texts = lesson.texts();
    return new LessonDocument.Solution(
        texts.solution().stream().map(this::filled).toList(),
        filled(texts.explanation()),
        texts.exchange());
  }

  /** Whether all is as it should be. Blocks for real attempts. */
  public synchronized LessonDocument.Check check() {
    List<Finding> findings = lesson.goals().stream().map(goal -> goal.judge(facts())).toList();
    return new LessonDocument.Check(
        lesson.id(), findings.stream().allMatch(Finding::met), findings);
  }

  /**
   * Breaks one more thing, as an instructor would.
   *
   * @param fault of the catalogue
   * @return the id; or every problem, then nothing was broken
   */
  public Checked<String> inject(String host, String fault) {
    NamedHost found = premises.lab().hosts().get(host.toLowerCase(Locale.ROOT));
    if (found == null) {
      List<String> names = administration().names();
      return new Checked.Invalid<>(
          List.of(
              new ConfigProblem(
                  "host", "\"" + host + "\" is none" + NearestWords.hint(host, names))));
    }
    Checked<FaultOrder> order = FaultOrder.check(Map.of("id", fault));
    if (!order.problems().isEmpty()) {
      return new Checked.Invalid<>(order.problems());
    }
    try {
      found.add(order.value());
      return new Checked.Valid<>(fault);
    } catch (IllegalArgumentException e) {
      return new Checked.Invalid<>(
          List.of(new ConfigProblem("id", String.valueOf(e.getMessage()))));
    }
  }

  /** With the ports and ids of this run. */
  private String filled(String text) {
    String filled = text;
    for (NamedHost host : premises.lab().hosts().values()) {
      filled =
          filled.replace("{port " + host.name() + "}", Integer.toString(host.smartHost().port()));
    }
    String alert = facts().openAlerts().stream().findFirst().map(one -> one.id()).orElse("ALERT");
    return filled.replace("{alert}", alert);
  }

  /** To be closed after the node. */
  @Override
  public void close() {
    premises.lab().close();
    clock.close();
  }
}
