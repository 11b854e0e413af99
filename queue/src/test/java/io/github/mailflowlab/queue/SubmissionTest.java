package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.routing.Router;
import io.github.mailflowlab.status.SmtpReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken in, what is not, and what the submitter is told. */
final class SubmissionTest {
  private static final Mailbox UNKNOWN = Mailbox.of("nobody@closed.example");

  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = Lab.started(directory);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void answersWithTheMessageIdAndOurOwnId() {
    Submission.Result result =
        lab.submit(Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.mail("Hello"));
    String id = result.id().orElseThrow();
    assertThat(id).matches("[a-z0-9]+");
    assertThat(result.reply())
        .isEqualTo(
            SmtpReply.of(
                250, "2.6.0 <1@contoso.example> [InternalId=" + id + "] Queued mail for delivery"));
    assertThat(result.rejected()).isEmpty();
  }

  @Test
  void makesAMessageIdForTheReplyAndLeavesTheContentAlone() {
    MessageContent content = Lab.content("Subject: x\r\n\r\nHello\r\n");
    Submission.Result result =
        lab.submit(Lab.envelope("alice@contoso.example", "bob@contoso.example"), content);
    String id = result.id().orElseThrow();
    assertThat(result.reply().toString()).startsWith("250 2.6.0 <" + id + "@contoso.example> ");
    assertThat(Lab.text(lab.queue.content(id).orElseThrow())).isEqualTo(Lab.text(content));
  }

  @Test
  void storesNothingWhenAllRecipientsAreRefused() {
    Submission.Result result =
        lab.submit(
            Lab.envelope("alice@contoso.example", UNKNOWN.toString(), "bob@nowhere.example"),
            Lab.mail("Hello"));
    assertThat(result.id()).isEmpty();
    assertThat(result.reply()).isEqualTo(Router.UNKNOWN_RECIPIENT);
    assertThat(result.rejected()).hasSize(2);
    assertThat(lab.queue.messages(MessageFilter.ALL, 10, Optional.empty()).items()).isEmpty();
    assertThat(lab.events).isEmpty();
  }

  @Test
  void takesTheOthersWhenSomeRecipientsAreRefused() {
    Submission.Result result =
        lab.submit(
            Lab.envelope("alice@contoso.example", UNKNOWN.toString(), "bob@contoso.example"),
            Lab.mail("Hello"));
    assertThat(result.reply().code()).isEqualTo(250);
    assertThat(result.rejected()).containsOnlyKeys(UNKNOWN);
    assertThat(lab.message(result.id().orElseThrow()).recipients())
        .extracting(RecipientView::address)
        .containsExactly(Mailbox.of("bob@contoso.example"));
  }

  @Test
  void putsMailForAMailboxOfTheLabIntoIt() {
    String id = lab.submit("alice@contoso.example");
    assertThat(lab.transport.made()).isEmpty();
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    MailboxView view = lab.mailbox(Lab.ALICE).get(0);
    assertThat(view.ndr()).isFalse();
    assertThat(view.subject()).isEqualTo("Hello");
    assertThat(Lab.text(lab.queue.mailboxContent(Lab.ALICE, view.id()).orElseThrow()))
        .isEqualTo(Lab.text(Lab.mail("Hello")));
    assertThat(lab.queue.trace(id).stream().map(TraceEvent::kind))
        .containsExactly(TraceEvent.Kind.RECEIVE, TraceEvent.Kind.DELIVER);
    assertThat(lab.queue.mailboxContent(Mailbox.of("bob@contoso.example"), view.id())).isEmpty();
  }

  @Test
  void splitsAMessageBetweenAMailboxAndAQueue() {
    String id = lab.submit("alice@contoso.example", "bob@contoso.example");
    assertThat(lab.transport.made().get(0).recipients()).containsExactly("bob@contoso.example");
    assertThat(lab.message(id).status()).isEqualTo(MessageStatus.DELIVERED);
    assertThat(lab.mailbox(Lab.ALICE)).hasSize(1);
  }

  @Test
  void storesNothingAndSaysSoWhenTheContentCannotBeStored() {
    Submission.Result result =
        lab.submit(
            Lab.envelope("alice@contoso.example", "bob@contoso.example"), new BreakingContent());
    assertThat(result.id()).isEmpty();
    assertThat(result.reply().toString()).startsWith("452 4.3.1 ");
    assertThat(lab.queue.messages(MessageFilter.ALL, 10, Optional.empty()).items()).isEmpty();
    assertThat(lab.submit("bob@contoso.example")).isNotEmpty();
    assertThat(lab.onlyQueue().messageCount()).isZero();
  }

  @Test
  void takesNothingBeforeItStartsAndAfterItCloses() {
    lab.close();
    lab = new Lab(directory);
    assertThat(
            lab.submit(
                    Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.mail("Hello"))
                .reply()
                .code())
        .isEqualTo(451);
    lab.queue.start();
    lab.close();
    assertThat(
            lab.submit(
                    Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.mail("Hello"))
                .reply()
                .code())
        .isEqualTo(451);
  }

  @Test
  void givesLaterMessagesGreaterIdsAlsoAfterARestart() {
    String first = lab.submit("bob@contoso.example");
    String second = lab.submit("alice@contoso.example");
    lab.close();
    lab = new Lab(directory, Lab.START.minus(Duration.ofDays(1)));
    lab.queue.start();
    String third = lab.submit("bob@contoso.example");
    assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Subject: Hello                          | Hello",
        "subject : Hello                         | Hello",
        "Subject: one\\r\\n two                  | one two",
        "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=    | Grüße",
        "Subject: =?utf-8?q?=0D=0ABcc=3A_x?=     | Bcc: x",
        "Subject: =?no-such?q?x?=                | =?no-such?q?x?=",
        "X-Subject: no                           | ''",
        "Subject:                                | ''",
      })
  void showsTheDecodedSubject(String header, String subject) {
    String text = header.replace("\\r\\n", "\r\n") + "\r\n\r\nSubject: body\r\n";
    String id =
        lab.submit(Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.content(text))
            .id()
            .orElseThrow();
    assertThat(lab.message(id).subject()).isEqualTo(subject);
  }

  @ParameterizedTest(name = "{0} characters")
  @CsvSource({"255, 255", "256, 256", "257, 256", "70000, 256"})
  void cutsTheSubjectAt256Characters(int length, int shown) {
    String text = "Subject: " + "x".repeat(length) + "\r\n\r\n";
    String id =
        lab.submit(Lab.envelope("alice@contoso.example", "bob@contoso.example"), Lab.content(text))
            .id()
            .orElseThrow();
    assertThat(lab.message(id).subject()).hasSize(shown);
  }

  /** Can be opened for its header, and breaks behind it. */
  private static final class BreakingContent implements MessageContent {
    @Override
    public long size() {
      return 200_000;
    }

    @Override
    public InputStream open() throws IOException {
      InputStream broken = InputStream.nullInputStream();
      broken.close();
      return new SequenceInputStream(new ByteArrayInputStream(new byte[100_000]), broken);
    }
  }
}
