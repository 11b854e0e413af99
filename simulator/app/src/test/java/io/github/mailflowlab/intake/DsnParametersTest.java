package io.github.mailflowlab.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What RFC 3461 and RFC 6533 demand of a server that is given parameters, one row per rule. */
final class DsnParametersTest {
  private static final String OK = "250";
  private static final String MALFORMED = "501 5.5.4";
  private static final String UNKNOWN = "555 5.5.4";

  static Stream<Arguments> rulesOfMail() {
    return Stream.of(
        arguments("3461 4.3: RET=FULL", "RET=FULL", OK),
        arguments("3461 4.3: RET=HDRS", "RET=HDRS", OK),
        arguments("3461 4.3: a value in any case", "ret=hdrs", OK),
        arguments("3461 4.3: no other value", "RET=NONE", MALFORMED),
        arguments("3461 4.3: a value is needed", "RET", MALFORMED),
        arguments("3461 4.3: at most one", "RET=FULL RET=FULL", MALFORMED),
        arguments("3461 4.4: an ENVID in xtext", "ENVID=QQ314159", OK),
        arguments("3461 4.4: at most one", "ENVID=a ENVID=a", MALFORMED),
        arguments("3461 4.4: a value is needed", "ENVID=", MALFORMED),
        arguments("3461 4.4: up to 100 characters", "ENVID=" + "e".repeat(100), OK),
        arguments("3461 4.4: not 101", "ENVID=" + "e".repeat(101), MALFORMED),
        arguments("3461 4: + and = are encoded", "ENVID=a+2Bb+3Dc", OK),
        arguments("3461 4: no bare +", "ENVID=a+b", MALFORMED),
        arguments("3461 4: no bare =", "ENVID=a=b", MALFORMED),
        arguments("3461 4: hexadecimal digits in upper case", "ENVID=a+2b", MALFORMED),
        arguments("3461 4: two digits", "ENVID=a+2", MALFORMED),
        arguments("3461 4: visible ASCII only", "ENVID=a\u0001b", MALFORMED),
        arguments("3461 4.1: NOTIFY is of RCPT", "NOTIFY=NEVER", UNKNOWN),
        arguments("3461 4.2: ORCPT is of RCPT", "ORCPT=rfc822;a@x.example", UNKNOWN),
        arguments("5321 4.1.1.11: unknown parameters", "XRET=FULL", UNKNOWN));
  }

  @ParameterizedTest(name = "RFC {0}")
  @MethodSource("rulesOfMail")
  void mailIsReadByTheRules(String rule, String parameter, String reply) {
    SessionDriver client = new SessionDriver();
    client.lines("EHLO client.example", "MAIL FROM:<s@x.example> " + parameter);
    assertThat(client.reply()).startsWith(reply);
  }

  static Stream<Arguments> rulesOfRcpt() {
    return Stream.of(
        arguments("3461 4.1: NEVER", "NOTIFY=NEVER", OK),
        arguments("3461 4.1: SUCCESS", "NOTIFY=SUCCESS", OK),
        arguments("3461 4.1: FAILURE", "NOTIFY=FAILURE", OK),
        arguments("3461 4.1: DELAY", "NOTIFY=DELAY", OK),
        arguments("3461 4.1: a list", "NOTIFY=SUCCESS,FAILURE,DELAY", OK),
        arguments("3461 4.1: in any order and case", "notify=delay,Success", OK),
        arguments("3461 4.1: NEVER stands alone", "NOTIFY=NEVER,FAILURE", MALFORMED),
        arguments("3461 4.1: NEVER stands alone, also last", "NOTIFY=DELAY,NEVER", MALFORMED),
        arguments("3461 4.1: no other word", "NOTIFY=ALWAYS", MALFORMED),
        arguments("3461 4.1: no empty element", "NOTIFY=SUCCESS,,DELAY", MALFORMED),
        arguments("3461 4.1: a value is needed", "NOTIFY", MALFORMED),
        arguments("3461 4.1: at most one", "NOTIFY=DELAY NOTIFY=DELAY", MALFORMED),
        arguments("3461 4.2: type and address", "ORCPT=rfc822;bob@x.example", OK),
        arguments("3461 4.2: the type in any case", "ORCPT=RFC822;bob@x.example", OK),
        arguments("3461 4.2: other types of address", "ORCPT=x400;/c=us/", MALFORMED),
        arguments("3461 4.2: other types, encoded", "ORCPT=x400;/c+3Dus/", OK),
        arguments("3461 4.2: no address without a type", "ORCPT=bob@x.example", MALFORMED),
        arguments("3461 4.2: no type without an address", "ORCPT=rfc822;", MALFORMED),
        arguments("3461 4.2: no empty type", "ORCPT=;bob@x.example", MALFORMED),
        arguments("3461 4.2: + and = are encoded", "ORCPT=rfc822;a+2Bb+3Dc@x.example", OK),
        arguments("3461 4.2: no bare =", "ORCPT=rfc822;a=b@x.example", MALFORMED),
        arguments("3461 4.2: at most one", "ORCPT=rfc822;a@x ORCPT=rfc822;a@x", MALFORMED),
        arguments("3461 4.2: up to 500 characters", "ORCPT=rfc822;" + "a".repeat(493), OK),
        arguments("3461 4.2: not 501", "ORCPT=rfc822;" + "a".repeat(494), MALFORMED),
        arguments("6533 3: beyond ASCII in ASCII", "ORCPT=utf-8;\\x{E9}@x.example", OK),
        arguments("6533 3: UTF-8 needs SMTPUTF8", "ORCPT=utf-8;\u00c3\u00a9@x.example", MALFORMED),
        arguments("3461 4.3: RET is of MAIL", "RET=FULL", UNKNOWN),
        arguments("3461 4.4: ENVID is of MAIL", "ENVID=a", UNKNOWN),
        arguments("5321 4.1.1.11: unknown parameters", "XNOTIFY=NEVER", UNKNOWN),
        arguments(
            "3461 3: the longest address with the longest ORCPT",
            "NOTIFY=SUCCESS,FAILURE,DELAY ORCPT=rfc822;" + "a".repeat(493),
            OK));
  }

  @ParameterizedTest(name = "RFC {0}")
  @MethodSource("rulesOfRcpt")
  void rcptIsReadByTheRules(String rule, String parameter, String reply) {
    SessionDriver client = new SessionDriver();
    client.lines("EHLO client.example", "MAIL FROM:<s@x.example>");
    String longest = "l".repeat(64) + "@" + "d".repeat(60) + ".example";
    client.lines("RCPT TO:<" + longest + "> " + parameter);
    assertThat(client.reply()).startsWith(reply);
  }
}
