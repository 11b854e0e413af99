package io.github.mailflowlab.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a connector, in Exchange's words and its order of importance
 * (exchange-online-behaviour 4.1). {@code trust} and {@code lastValidationResult}, which Exchange's
 * pages show, are our own.
 */
public enum ConnectorParameter {
  NAME("name", Kind.TEXT, null),
  CONNECTOR_TYPE("connectorType", Kind.TEXT, ConnectorType.PARTNER.parameter()),
  ENABLED("enabled", Kind.FLAG, true),
  RECIPIENT_DOMAINS("recipientDomains", Kind.LIST, List.of()),
  ALL_ACCEPTED_DOMAINS("allAcceptedDomains", Kind.FLAG, false),
  USE_MX_RECORD("useMXRecord", Kind.FLAG, true),
  SMART_HOSTS("smartHosts", Kind.LIST, List.of()),
  TLS_SETTINGS("tlsSettings", Kind.TEXT, null),
  TLS_DOMAIN("tlsDomain", Kind.TEXT, null),
  TRUST("trust", Kind.TEXT, null),
  ROUTE_ALL_MESSAGES_VIA_ON_PREMISES("routeAllMessagesViaOnPremises", Kind.FLAG, false),
  CLOUD_SERVICES_MAIL_ENABLED("cloudServicesMailEnabled", Kind.FLAG, false),
  IS_TRANSPORT_RULE_SCOPED("isTransportRuleScoped", Kind.FLAG, false),
  SENDER_REWRITING_ENABLED("senderRewritingEnabled", Kind.FLAG, false),
  TEST_MODE("testMode", Kind.FLAG, false),
  MTA_STS_MODE("mtaStsMode", Kind.TEXT, "Opportunistic"),
  SMTP_DANE_MODE("smtpDaneMode", Kind.TEXT, "Opportunistic"),
  CONNECTOR_SOURCE("connectorSource", Kind.TEXT, "Default"),
  LINK_FOR_MODIFIED_CONNECTOR(
      "linkForModifiedConnector", Kind.TEXT, "00000000-0000-0000-0000-000000000000"),
  COMMENT("comment", Kind.TEXT, null),
  IS_VALIDATED("isValidated", Kind.FLAG, false),
  LAST_VALIDATION_TIMESTAMP("lastValidationTimestamp", Kind.TEXT, null),
  LAST_VALIDATION_RESULT("lastValidationResult", Kind.TEXT, null),
  VALIDATION_RECIPIENTS("validationRecipients", Kind.LIST, List.of());

  /** What a value is. */
  public enum Kind {
    TEXT("text"),
    FLAG("true or false"),
    LIST("a list of texts");

    private final String expected;

    Kind(String expected) {
      this.expected = expected;
    }

    /** In words, for who gave something else. */
    public String expected() {
      return expected;
    }
  }

  private final String key;
  private final Kind kind;
  private final @Nullable Object otherwise;

  ConnectorParameter(String key, Kind kind, @Nullable Object otherwise) {
    this.key = key;
    this.kind = kind;
    this.otherwise = otherwise;
  }

  /** Its name in files, requests and documents. */
  public String key() {
    return key;
  }

  public Kind kind() {
    return kind;
  }

  /** What holds when it is absent; empty where that is nothing. */
  public Optional<Object> otherwise() {
    return Optional.ofNullable(otherwise);
  }

  /** The parameter of this name, in any case. */
  public static Optional<ConnectorParameter> of(String key) {
    return Stream.of(values()).filter(one -> one.key.equalsIgnoreCase(key)).findFirst();
  }
}
