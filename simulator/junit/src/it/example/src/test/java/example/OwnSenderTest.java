package example;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;
import static io.github.mailflowlab.junit.MailFlowAssertions.assertThatThrownBy;

import io.github.mailflowlab.junit.Faulty;
import io.github.mailflowlab.junit.MailFlowTest;
import io.github.mailflowlab.junit.SmartHost;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our own sender, written with Jakarta Mail, against hosts that fail; no connector is started. */
@MailFlowTest
class OwnSenderTest {
  private static final String BOB = "bob@onprem.example";

  @Test
  void delivers(SmartHost host) throws MessagingException {
    send(host, "false");
    assertThat(host).hasReceivedOnce(BOB).cameInClear().hasHeader("Subject", "Your order");
  }

  @Test
  void tellsThatAMailboxIsBusy(@Faulty("smtp.rcpt.4yz") SmartHost host) {
    assertThatThrownBy(() -> send(host, "false")).hasStackTraceContaining("450");
    assertThat(host).hasReceived(0).hadSessions(1);
  }

  @Test
  void doesNotTrustEverybody(SmartHost host) {
    assertThatThrownBy(() -> send(host, "true")).isInstanceOf(MessagingException.class);
    assertThat(host).hasReceived(0);
  }

  @Test
  @Timeout(60)
  void doesNotWaitForever(@Faulty("smtp.stall.rcpt") SmartHost host) {
    assertThatThrownBy(() -> send(host, "false")).hasStackTraceContaining("Read timed out");
  }

  @Test
  void sendsTwiceWhenTheLastReplyIsLost(@Faulty("smtp.dot.drop-accepted") SmartHost host)
      throws MessagingException {
    assertThatThrownBy(() -> send(host, "false")).isInstanceOf(MessagingException.class);
    host.repair();
    send(host, "false");
    assertThat(host).hasReceived(2);
  }

  private static void send(SmartHost host, String startTls) throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", host.address().getHostString());
    properties.setProperty("mail.smtp.port", Integer.toString(host.port()));
    properties.setProperty("mail.smtp.starttls.enable", startTls);
    properties.setProperty("mail.smtp.starttls.required", startTls);
    properties.setProperty("mail.smtp.connectiontimeout", "2000");
    properties.setProperty("mail.smtp.timeout", "2000");
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("shop@contoso.example"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(BOB));
    message.setSubject("Your order");
    message.setText("Thank you.");
    Transport.send(message);
  }
}
