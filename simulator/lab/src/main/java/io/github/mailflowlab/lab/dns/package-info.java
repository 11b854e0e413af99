/** The lab's DNS server, faulty name by name. See {@link io.github.mailflowlab.lab.dns.LabDns}. */
@NullMarked
package io.github.mailflowlab.lab.dns;

import org.jspecify.annotations.NullMarked;
