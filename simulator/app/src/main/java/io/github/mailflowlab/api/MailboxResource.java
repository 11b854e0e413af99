package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import io.github.mailflowlab.document.MailboxDocument;
import io.github.mailflowlab.queue.MailQueue;
import java.io.IOException;

/** {@code /mailboxes}: the lab's own mailbox store, where NDRs arrive. */
@Blocking
final class MailboxResource {
  private final MailQueue queue;

  MailboxResource(MailQueue queue) {
    this.queue = queue;
  }

  @Get("/mailboxes/{address}/messages")
  public HttpResponse list(@Param String address, QueryParams query) {
    Parameters parameters = Parameters.of(query, "limit", "cursor");
    return Answers.ok(
        MailboxDocument.Listing.of(
            queue.mailbox(Parameters.mailbox(address), parameters.limit(), parameters.cursor())));
  }

  @Get("/mailboxes/{address}/messages/{id}/content")
  public HttpResponse content(@Param String address, @Param String id) throws IOException {
    return MessageResource.mail(queue.mailboxContent(Parameters.mailbox(address), id), id);
  }
}
