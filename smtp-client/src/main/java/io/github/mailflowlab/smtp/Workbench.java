package io.github.mailflowlab.smtp;

import io.github.mailflowlab.event.CertificateSink;
import io.github.mailflowlab.smtp.dns.MailHostResolver;
import io.github.mailflowlab.smtp.tls.CertificateJudge;
import io.github.mailflowlab.smtp.tls.TlsClient;
import java.util.concurrent.Executor;

/**
 * What all attempts of one transport share; every part is safe for all threads.
 *
 * @param certificates hears which there are
 * @param blocking runs what may block: reading content
 * @param verdicts runs the judging of certificates, which reads files and may wait for others
 */
record Workbench(
    SmtpSettings settings,
    StepLimits limits,
    MailHostResolver resolver,
    ConnectionPool pool,
    DeadAddresses dead,
    TlsClient tls,
    CertificateJudge judge,
    CertificateSink certificates,
    Executor blocking,
    Executor verdicts) {}
