package io.github.mailflowlab.tenant;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.mail.Mailbox;
import java.util.List;

/** Tries a connector out, with real connections and a test mail to each recipient. Blocks. */
public interface ConnectorValidation {
  ValidationDocument validate(Connector connector, List<Mailbox> recipients);
}
