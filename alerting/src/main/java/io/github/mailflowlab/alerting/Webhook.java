package io.github.mailflowlab.alerting;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP address that is told of alerts.
 *
 * @param url {@code http} or {@code https} with a host, and without a user
 */
public record Webhook(URI url) {
  /** What {@link #parse} takes, for error messages. */
  public static final String EXPECTED = "a URL such as https://host.example/path";

  private static final int MAX_LENGTH = 2000;

  private static final List<String> TEAMS_HOSTS =
      List.of(".logic.azure.com", ".api.powerplatform.com", ".webhook.office.com");

  /** What the receiver understands; told by the address. */
  public enum Form {
    /** A JSON object of ours. */
    JSON,
    /** Prometheus Alertmanager, whose path ends in {@code /api/v2/alerts}. */
    ALERTMANAGER,
    /** An incoming webhook of Slack, at {@code hooks.slack.com}. */
    SLACK,
    /** A workflow of Microsoft Teams, at one of the hosts where such workflows live. */
    TEAMS
  }

  public Webhook {
    if (!isUsable(url)) {
      throw new IllegalArgumentException("url: " + url + " (expected: " + EXPECTED + ")");
    }
  }

  /** Empty when this is no such address. */
  public static Optional<Webhook> parse(String text) {
    try {
      return Optional.of(new URI(text)).filter(Webhook::isUsable).map(Webhook::new);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean isUsable(URI url) {
    return ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
        && url.getHost() != null
        && url.getUserInfo() == null
        && url.getFragment() == null
        && url.getPort() != 0
        && url.getPort() <= 0xffff
        && url.toString().length() <= MAX_LENGTH;
  }

  public Form form() {
    String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    if (host.equals("hooks.slack.com")) {
      return Form.SLACK;
    }
    if (TEAMS_HOSTS.stream().anyMatch(host::endsWith)) {
      return Form.TEAMS;
    }
    return String.valueOf(url.getPath()).endsWith("/api/v2/alerts") ? Form.ALERTMANAGER : Form.JSON;
  }

  /** For people: without the path and query, which may be the receiver's secret. */
  public String name() {
    return url.getScheme() + "://" + url.getAuthority();
  }
}
