package io.github.mailflowlab.junit;

import io.github.mailflowlab.alerting.AlertSettings;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.retry.RetryPolicy;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A mail flow lab for tests: an outbound connector, its smart hosts and a clock that stands still
 * until it is told otherwise. All parts are real: sockets on free ports of loopback, certificates,
 * a database in a temporary folder.
 *
 * <ul>
 *   <li>{@link MailFlowTest}, or an instance field with {@code @RegisterExtension}: each test has a
 *       lab of its own, so tests may run in parallel.
 *   <li>A static field with {@code @RegisterExtension}: the class has one, whose hosts keep their
 *       ports. Before each test the queue is empty and the hosts are healthy and remember nothing;
 *       only the clock goes on. Its tests take turns.
 * </ul>
 *
 * <p>A test fails when a fault it has armed was never met ({@link SmartHost#mayMiss} lets it pass).
 * When a test fails, the time line of its messages is among the suppressed exceptions. Needs JUnit
 * 5.13 or newer.
 */
public final class MailFlowExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Set<Class<?>> TYPES =
      Set.of(Connector.class, SmartHost.class, SimulatedClock.class, Mailboxes.class);

  private final MailFlowSettings settings;
  private final boolean mayBeShared;

  /** With the defaults, for each test anew; {@link MailFlowTest} uses it. */
  public MailFlowExtension() {
    this(builder().settings(), false);
  }

  private MailFlowExtension(MailFlowSettings settings, boolean mayBeShared) {
    this.settings = settings;
    this.mayBeShared = mayBeShared;
  }

  /** To choose more than the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** What can be chosen; each method replaces one default and returns this builder. */
  public static final class Builder {
    private Optional<Instant> start = Optional.empty();
    private OptionalLong seed = OptionalLong.empty();
    private TlsSettings tls = TlsSettings.OPPORTUNISTIC;
    private RetryPolicy retry = RetryPolicy.EXCHANGE;
    private AlertSettings alerts = AlertSettings.DEFAULT;
    private Duration connectLimit = Duration.ofSeconds(5);
    private Duration commandLimit = Duration.ofSeconds(10);

    private Builder() {}

    /** When the clock starts; by default now. Certificates are dated by it. */
    public Builder startingAt(Instant instant) {
      start = Optional.of(instant);
      return this;
    }

    /**
     * Of what is left to chance: faults by chance, and the jitter of retries. By default the same
     * for every run; {@code -Dmailflow.seed} is asked first.
     */
    public Builder seed(long value) {
      seed = OptionalLong.of(value);
      return this;
    }

    /**
     * What the connector demands of TLS; by default nothing.
     *
     * @param demanded all but {@code DOMAIN_VALIDATION}, for which see {@link
     *     Connector#demandDomain}
     */
    public Builder tls(TlsSettings demanded) {
      tls = Relay.withoutDomain(demanded);
      return this;
    }

    /** When mail is tried again and returned; by default as Exchange Online does. */
    public Builder retry(RetryPolicy policy) {
      retry = policy;
      return this;
    }

    /** When mail counts as delayed; by default 200 messages for an hour. */
    public Builder alerts(AlertSettings settings) {
      alerts = settings;
      return this;
    }

    /**
     * How long the connector waits, on the wall's clock. A day with a silent host takes 151 times
     * as long; but what is too short for a busy machine makes tests fail now and then.
     *
     * @param connect for a connection and for an answer by DNS; by default 5 s
     * @param command for each reply; by default 10 s
     */
    public Builder timeouts(Duration connect, Duration command) {
      connectLimit = connect;
      commandLimit = command;
      return this;
    }

    public MailFlowExtension build() {
      return new MailFlowExtension(settings(), true);
    }

    MailFlowSettings settings() {
      return new MailFlowSettings(
          start, seed, tls, retry, alerts, Timeouts.of(connectLimit, commandLimit));
    }
  }

  /** Called for a static field, whose lab lasts as long as the class. */
  @Override
  public void beforeAll(ExtensionContext context) {
    if (mayBeShared) {
      lab(context).share();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws InterruptedException {
    lab(context).begin();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestLab lab = lab(context);
    try {
      Optional<Throwable> failed = context.getExecutionException();
      Optional<AssertionError> unmet = failed.isPresent() ? Optional.empty() : lab.unmetFaults();
      failed.or(() -> unmet).ifPresent(failure -> failure.addSuppressed(lab.timeLine()));
      unmet.ifPresent(
          failure -> {
            throw failure;
          });
    } finally {
      lab.end();
    }
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TYPES.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestLab lab = lab(context);
    Class<?> type = parameter.getParameter().getType();
    if (type == Connector.class) {
      return lab.connector();
    } else if (type == SimulatedClock.class) {
      return lab.clock();
    } else if (type == Mailboxes.class) {
      return lab.mailboxes();
    }
    SmartHost host = lab.host(place(parameter));
    parameter.findAnnotation(Faulty.class).ifPresent(faulty -> arm(host, faulty));
    return host;
  }

  private static void arm(SmartHost host, Faulty faulty) {
    for (String id : faulty.value()) {
      host.breakWith(id);
      if (faulty.mayBeMissed()) {
        host.mayMiss(id);
      }
    }
  }

  /** The first host asked for is the connector's first, and so on. */
  private static int place(ParameterContext context) {
    Parameter[] all = context.getDeclaringExecutable().getParameters();
    return (int)
        Arrays.stream(all)
            .limit(context.getIndex())
            .filter(parameter -> parameter.getType() == SmartHost.class)
            .count();
  }

  private TestLab lab(ExtensionContext context) {
    return context
        .getStore(Namespace.create(MailFlowExtension.class, this))
        .getOrComputeIfAbsent(
            TestLab.class, key -> new TestLab(settings, seed(context)), TestLab.class);
  }

  private Seed seed(ExtensionContext context) {
    return Seed.of(context.getConfigurationParameter(Seed.PARAMETER), settings.seed());
  }
}
