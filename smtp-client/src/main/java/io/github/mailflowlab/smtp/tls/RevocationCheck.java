package io.github.mailflowlab.smtp.tls;

import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.failure.CertificateProblem;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a certificate of a chain is revoked: by the answer that the server stapled, by OCSP, by
 * the list, the first word that can be believed. A certificate that names nobody to ask is good. A
 * chain comes here only when nothing else is wrong with it, so that all addresses are those of
 * authorities that a trusted root vouches for.
 *
 * <p>Words are remembered until their next update, on the given clock; that nobody could be reached
 * for half a minute. Blocks for as long as the limit at most; all threads, but no event loop.
 */
public final class RevocationCheck {
  private static final Logger log = LoggerFactory.getLogger(RevocationCheck.class);

  /** The longest that one verdict waits for all its questions, as Windows does in all. */
  private static final Duration MAX_LIMIT = Duration.ofSeconds(10);

  private static final int MAX_KNOWN = 1_000;

  private final Revocation policy;
  private final Duration limit;
  private final HttpFetch http = new HttpFetch();
  private final Map<X509Certificate, Known> known = new ConcurrentHashMap<>();

  private record Known(RevocationStatus status, Instant since) {
    boolean holdsAt(Instant now) {
      return !now.isBefore(since) && now.isBefore(status.until());
    }
  }

  /**
   * A check with an empty memory.
   *
   * @param patience for the verdict as a whole; half of it is enough for this
   */
  public RevocationCheck(Revocation policy, Duration patience) {
    this.policy = policy;
    Duration half = patience.dividedBy(2);
    this.limit = half.compareTo(MAX_LIMIT) < 0 ? half : MAX_LIMIT;
  }

  Optional<Defect> defect(PeerChain chain, List<byte[]> staples, Instant now) {
    if (policy == Revocation.OFF) {
      return Optional.empty();
    }
    CompletableFuture<Void> deadline = new CompletableFuture<>();
    try {
      return defect(chain, staples, now, deadline);
    } finally {
      deadline.complete(null);
    }
  }

  private Optional<Defect> defect(
      PeerChain chain, List<byte[]> staples, Instant now, CompletableFuture<Void> deadline) {
    List<X509Certificate> path = chain.path();
    for (int i = 0; i < chain.belowRoot().size(); i++) {
      X509Certificate one = path.get(i);
      RevocationEvidence evidence = new RevocationEvidence(one, path.get(i + 1), now);
      RevocationStatus status = i == 0 ? stapled(evidence, staples) : none(now);
      if (status instanceof RevocationStatus.Unknown) {
        status = known(evidence, deadline);
      }
      Optional<Defect> defect = defect(status, chain.which(one));
      if (defect.isPresent()) {
        return defect;
      }
    }
    return Optional.empty();
  }

  private Optional<Defect> defect(RevocationStatus status, String which) {
    if (status instanceof RevocationStatus.Revoked revoked) {
      return Defect.of(CertificateProblem.REVOKED, which + " was revoked " + revoked.how() + ".");
    }
    if (status instanceof RevocationStatus.Unknown unknown && policy == Revocation.HARD) {
      return Defect.of(
          CertificateProblem.REVOCATION_UNKNOWN,
          which + " may be revoked or not; " + unknown.why() + ".");
    }
    return Optional.empty();
  }

  /** A server staples for its own certificate; what is no good is as none. */
  private static RevocationStatus stapled(RevocationEvidence evidence, List<byte[]> staples) {
    return staples.isEmpty()
        ? none(evidence.now())
        : evidence.byAnswer(staples.get(0), "the stapled answer");
  }

  private RevocationStatus known(RevocationEvidence evidence, CompletableFuture<Void> deadline) {
    Known before = known.get(evidence.certificate());
    if (before != null && before.holdsAt(evidence.now())) {
      return before.status();
    }
    RevocationStatus status = asked(evidence, deadline);
    if (known.size() >= MAX_KNOWN) {
      known.clear();
    }
    known.put(evidence.certificate(), new Known(status, evidence.now()));
    return status;
  }

  private RevocationStatus asked(RevocationEvidence evidence, CompletableFuture<Void> deadline) {
    RevocationSources sources = RevocationSources.of(evidence.certificate());
    if (sources.isEmpty()) {
      return new RevocationStatus.Good(Instant.MAX);
    }
    RevocationStatus last = none(evidence.now());
    for (URI responder : sources.responders()) {
      last = answered(evidence, responder, deadline);
      if (!(last instanceof RevocationStatus.Unknown)) {
        return last;
      }
    }
    for (URI list : sources.lists()) {
      last = listed(evidence, list, deadline);
      if (!(last instanceof RevocationStatus.Unknown)) {
        return last;
      }
    }
    log.info("revocation of a certificate unknown: {}", last);
    return last;
  }

  private RevocationStatus answered(
      RevocationEvidence evidence, URI responder, CompletableFuture<Void> deadline) {
    try {
      byte[] answer = await(http.answer(responder, evidence.question()), deadline);
      return evidence.byAnswer(answer, responder.toString());
    } catch (IOException e) {
      return evidence.unknown(responder.toString(), e);
    }
  }

  private RevocationStatus listed(
      RevocationEvidence evidence, URI list, CompletableFuture<Void> deadline) {
    try {
      return evidence.byList(await(http.list(list), deadline), list.toString());
    } catch (IOException e) {
      return evidence.unknown(list.toString(), e);
    }
  }

  /** The time runs from the first question on, for all of them. */
  private byte[] await(CompletableFuture<byte[]> fetch, CompletableFuture<Void> deadline)
      throws IOException {
    var unused = deadline.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture.anyOf(fetch.exceptionally(failed -> new byte[0]), deadline).join();
    boolean late = !fetch.isDone();
    if (late) {
      fetch.cancel(true);
    }
    try {
      return fetch.join();
    } catch (CancellationException | CompletionException e) {
      // Whoever notices the cancelling first, the client or this future, says it in another way.
      String why = late ? "no answer within " + limit : String.valueOf(e.getCause());
      throw new IOException(why, e);
    }
  }

  private static RevocationStatus none(Instant now) {
    return new RevocationStatus.Unknown("nobody asked", now);
  }
}
