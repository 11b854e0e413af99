package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import io.github.mailflowlab.document.MailboxDetail;
import io.github.mailflowlab.document.MailboxDocument;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.MailboxView;
import java.io.IOException;
import java.util.Optional;

/** {@code /mailboxes}: the lab's own mailbox store, where NDRs arrive. */
@Blocking
final class MailboxResource {
  private final MailQueue queue;

  MailboxResource(MailQueue queue) {
    this.queue = queue;
  }

  @Get("/mailboxes/{address}/messages")
  public HttpResponse list(@Param String address, ServiceRequestContext context) {
    Parameters parameters = Parameters.of(context, "limit", "cursor");
    return Answers.ok(
        MailboxDocument.Listing.of(
            queue.mailbox(Parameters.mailbox(address), parameters.limit(), parameters.cursor())));
  }

  /** All mailboxes; {@code mailboxes} itself would be a list of addresses. */
  @Get("/mailboxes/messages")
  public HttpResponse listAll(ServiceRequestContext context) {
    Parameters parameters = Parameters.of(context, "limit", "cursor");
    return Answers.ok(
        MailboxDocument.Listing.of(queue.mailboxes(parameters.limit(), parameters.cursor())));
  }

  @Get("/mailboxes/messages/{id}")
  public HttpResponse show(@Param String id) throws IOException {
    Optional<MailboxView> mail = queue.mailboxItem(id);
    if (mail.isEmpty()) {
      return Answers.notFound("mail", id);
    }
    return Answers.ok(
        new MailboxDetail(MailboxDocument.of(mail.get()), ReadableMail.text(content(mail.get()))));
  }

  @Get("/mailboxes/messages/{id}/content")
  public HttpResponse contentById(@Param String id) throws IOException {
    Optional<MailboxView> mail = queue.mailboxItem(id);
    return mail.isEmpty()
        ? Answers.notFound("mail", id)
        : MessageResource.mail(Optional.of(content(mail.get())), id);
  }

  private MessageContent content(MailboxView mail) throws IOException {
    return queue
        .mailboxContent(mail.mailbox(), mail.id())
        .orElseThrow(() -> new IOException("mail " + mail.id() + " has lost its content"));
  }

  @Get("/mailboxes/{address}/messages/{id}/content")
  public HttpResponse content(@Param String address, @Param String id) throws IOException {
    return MessageResource.mail(queue.mailboxContent(Parameters.mailbox(address), id), id);
  }
}
