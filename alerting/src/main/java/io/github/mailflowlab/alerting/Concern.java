package io.github.mailflowlab.alerting;

/**
 * What an alert is about: at most one is open for each.
 *
 * @param policy the policy's name
 * @param subject what it looks at, most often a connector's name
 */
record Concern(String policy, String subject) {}
