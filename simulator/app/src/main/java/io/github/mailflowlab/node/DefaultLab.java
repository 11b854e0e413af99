package io.github.mailflowlab.node;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.settings.LabSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The lab that runs without a configuration file: one domain, one connector, a healthy host. */
public final class DefaultLab {
  private static final DomainName DOMAIN = DomainName.of("contoso.example");

  private DefaultLab() {}

  /** Settings that lead all mail for the domain to the built-in host. */
  public static LabSettings settings(Path folder, Lab lab, StagedFault healthy) {
    return LabSettings.defaults(folder)
        .withOrganization(organization())
        .withConnectors(List.of(connector(lab, healthy)))
        .withDns(
            new DnsSettings(
                List.of(lab.dns()), DnsSettings.DEFAULT.timeout(), DnsSettings.DEFAULT.tries()));
  }

  private static Organization organization() {
    return new Organization(
        List.of(
            new AcceptedDomain(
                DOMAIN, AcceptedDomain.Type.INTERNAL_RELAY, Set.of(new Mailbox("alice", DOMAIN)))),
        List.of(new Mailbox("admin", DOMAIN)));
  }

  private static Connector connector(Lab lab, StagedFault healthy) {
    return new ConnectorDraft(
            "To on-premises",
            "OnPremises",
            true,
            List.of(DOMAIN.value(), "*." + DOMAIN),
            null,
            List.of(healthy.smartHost().toString()),
            null,
            null,
            lab.trust().toString(),
            "The lab's own healthy server")
        .check()
        .value();
  }
}
