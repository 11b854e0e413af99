package io.github.mailflowlab.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.routing.Router;
import io.github.mailflowlab.tenant.ConnectorValidation;
import io.github.mailflowlab.tenant.Edit.Target;
import io.github.mailflowlab.tenant.Tenant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /connectors/{name}/validate}: an outbound connector, tried. */
@Blocking
final class ValidateResource {
  private static final int MAX_RECIPIENTS = 10;

  /** What POST validate takes. */
  record Request(@Nullable List<@Nullable String> recipients) {}

  private final Tenant tenant;
  private final ConnectorValidation validation;

  ValidateResource(Tenant tenant, ConnectorValidation validation) {
    this.tenant = tenant;
    this.validation = validation;
  }

  /** Tries the connector as it is now; waits as long as the servers need. */
  @Post("/connectors/{name}/validate")
  public HttpResponse validate(
      @Param String name, ServiceRequestContext context, AggregatedHttpRequest request) {
    Optional<Connector> found = tenant.connector(name);
    if (found.isEmpty()) {
      return Answers.notFound(Target.CONNECTOR.word(), name);
    }
    Connector connector = found.get();
    List<Mailbox> recipients = recipients(connector, request);
    context.clearRequestTimeout();
    ValidationDocument result = validation.validate(connector, recipients);
    tenant.noteValidation(connector.name(), recipients, result);
    return Answers.ok(result);
  }

  /** Those asked for, or those of the last time. */
  private List<Mailbox> recipients(Connector connector, AggregatedHttpRequest request) {
    List<@Nullable String> asked =
        request.content().isEmpty() ? null : Bodies.read(request, Request.class).recipients();
    List<Mailbox> recipients =
        asked == null
            ? connector.validationRecipients()
            : asked.stream().map(text -> Parameters.mailbox(String.valueOf(text))).toList();
    if (recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
      throw new BadRequest(
          "recipients: expected 1 to "
              + MAX_RECIPIENTS
              + " addresses in a domain of the connector.");
    }
    for (Mailbox recipient : recipients) {
      if (!Router.isFor(tenant.organization(), connector, recipient.domain())) {
        throw new BadRequest(
            "recipients: " + recipient + " is in no domain of connector " + connector.name() + ".");
      }
    }
    return recipients;
  }
}
