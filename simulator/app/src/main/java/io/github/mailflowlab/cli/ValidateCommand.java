package io.github.mailflowlab.cli;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.settings.AddressText;
import io.github.mailflowlab.settings.TrustFile;
import io.github.mailflowlab.smtp.SmtpSettings;
import io.github.mailflowlab.smtp.SmtpTransport;
import io.github.mailflowlab.validate.TestMail;
import io.github.mailflowlab.validate.Validation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code validate}: would Microsoft 365 get mail into this server, and if not, what would it say?
 */
@Command(
    name = "validate",
    description =
        "Validates a connector to a real server, as Exchange does, and explains the result.")
final class ValidateCommand implements Callable<Integer> {
  /** What {@code --tls} takes. */
  enum Tls {
    opportunistic(TlsSettings.OPPORTUNISTIC),
    encryption(TlsSettings.ENCRYPTION_ONLY),
    certificate(TlsSettings.CERTIFICATE_VALIDATION),
    domain(TlsSettings.DOMAIN_VALIDATION);

    private final TlsSettings settings;

    Tls(TlsSettings settings) {
      this.settings = settings;
    }
  }

  /** What {@code --revocation} takes. */
  enum Lookup {
    off(Revocation.OFF),
    soft(Revocation.SOFT),
    hard(Revocation.HARD);

    private final Revocation policy;

    Lookup(Revocation policy) {
      this.policy = policy;
    }
  }

  /** RFC 2606: a name that is nobody's. */
  private static final String NAMELESS = "mailflow.invalid";

  @Mixin private final Console console = new Console();

  @Option(
      names = "--smart-host",
      required = true,
      paramLabel = "HOST[:PORT]",
      description = "A name or [address]; port 25 by default. Repeatable.")
  private List<String> smartHosts = new ArrayList<>();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "ADDR",
      description = "Who gets the test mail.")
  private String to = "";

  @Option(
      names = "--smtp-from",
      paramLabel = "ADDR",
      description = "The reverse-path (default: O365ConnectorValidation@ the domain of --to).")
  private @Nullable String from;

  @Option(
      names = "--tls",
      defaultValue = "opportunistic",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Tls tls = Tls.opportunistic;

  @Option(
      names = "--tls-domain",
      paramLabel = "D",
      description = "The name that the certificate must match, with --tls domain.")
  private @Nullable String tlsDomain;

  @Option(names = "--trust", paramLabel = "PEM", description = "A file with more trusted roots.")
  private @Nullable Path trust;

  @Option(
      names = "--revocation",
      defaultValue = "soft",
      description =
          "Whether to ask if the certificate is revoked, and whether it fails without an answer:"
              + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Lookup revocation = Lookup.soft;

  @Option(
      names = "--dns",
      paramLabel = "IP[:PORT]",
      description = "The DNS server to ask (default: the system's).")
  private @Nullable String dns;

  @Option(
      names = "--connect-timeout",
      defaultValue = "PT10S",
      paramLabel = "DURATION",
      description = "For TCP to be established (default: ${DEFAULT-VALUE}).")
  private Duration connectTimeout = Duration.ZERO;

  @Option(
      names = "--command-timeout",
      defaultValue = "PT60S",
      paramLabel = "DURATION",
      description = "For each answer of the server (default: ${DEFAULT-VALUE}).")
  private Duration commandTimeout = Duration.ZERO;

  @Option(names = "--no-mail", description = "Stop after EHLO or TLS; send no test mail.")
  private boolean noMail;

  @Override
  public Integer call() {
    Mailbox recipient = mailbox("--to", to);
    ReversePath sender =
        ReversePath.of(
            from == null
                ? new Mailbox("O365ConnectorValidation", recipient.domain())
                : mailbox("--smtp-from", from));
    Connector connector = connector();
    ValidationDocument result = validated(connector, sender, recipient);
    return ValidationReport.print(console, result);
  }

  private ValidationDocument validated(Connector connector, ReversePath sender, Mailbox recipient) {
    InstantSource clock = SystemTime.source();
    SmtpSettings settings =
        new SmtpSettings(
            helloName(),
            timeouts(),
            ConnectionLimits.NONE_KEPT,
            dnsSettings(),
            revocation.policy,
            clock,
            address -> false);
    try (SmtpTransport transport = SmtpTransport.start(settings)) {
      Validation validation =
          new Validation(
              transport,
              new FailureClassifier(FailureCatalogue.load()),
              settings.timeouts(),
              settings.dns(),
              connector);
      return noMail
          ? validation.checkConnectivity(recipient)
          : validation.checkAndSend(
              sender, List.of(recipient), to -> TestMail.compose(sender, to, clock.instant()));
    }
  }

  /** This machine's name where it is a full one; servers look at it (RFC 5321 4.1.1.1). */
  private static String helloName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.contains(".") && DomainName.parse(name).isPresent() ? name : NAMELESS;
    } catch (UnknownHostException e) {
      return NAMELESS;
    }
  }

  private Connector connector() {
    if (trust != null) {
      Optional<String> problem = TrustFile.problem(trust);
      if (problem.isPresent()) {
        throw wrong("--trust: " + problem.get());
      }
    }
    Checked<Connector> checked =
        new ConnectorDraft(
                "Validation",
                "OnPremises",
                true,
                List.of("*"),
                null,
                smartHosts,
                tls.settings.parameter(),
                tlsDomain,
                trust == null ? null : trust.toString(),
                null)
            .check();
    if (!checked.problems().isEmpty()) {
      throw wrong(String.join("\n", checked.problems().stream().map(Object::toString).toList()));
    }
    return checked.value();
  }

  private Timeouts timeouts() {
    try {
      return Timeouts.of(connectTimeout, commandTimeout);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private DnsSettings dnsSettings() {
    if (dns == null) {
      return DnsSettings.DEFAULT;
    }
    InetSocketAddress server =
        AddressText.dnsServer(dns)
            .orElseThrow(() -> wrong("--dns: " + dns + " (expected: IP or IP:PORT)"));
    return new DnsSettings(
        List.of(server), DnsSettings.DEFAULT.timeout(), DnsSettings.DEFAULT.tries());
  }

  private static Mailbox mailbox(String option, String text) {
    return Mailbox.parse(text)
        .orElseThrow(() -> wrong(option + ": " + Console.safe(text) + " (expected: an address)"));
  }

  private static CommandFailure wrong(String message) {
    return new CommandFailure(MailFlow.USAGE, message);
  }
}
