/**
 * TLS towards a smart host: the handshake ({@link io.github.mailflowlab.smtp.tls.TlsClient}) and
 * our own verdict on the certificate ({@link io.github.mailflowlab.smtp.tls.CertificateJudge}).
 */
@NullMarked
package io.github.mailflowlab.smtp.tls;

import org.jspecify.annotations.NullMarked;
