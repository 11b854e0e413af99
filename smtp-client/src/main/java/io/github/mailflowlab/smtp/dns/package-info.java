/**
 * From a smart host or a domain to addresses, without a cache: {@link
 * io.github.mailflowlab.smtp.dns.MailHostResolver}.
 */
@NullMarked
package io.github.mailflowlab.smtp.dns;

import org.jspecify.annotations.NullMarked;
