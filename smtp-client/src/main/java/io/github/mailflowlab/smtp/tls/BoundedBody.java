package io.github.mailflowlab.smtp.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body in memory, given up when it is longer than allowed. For one response. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
  private final int maxOctets;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int maxOctets) {
    this.maxOctets = maxOctets;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    begun.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] some = new byte[buffer.remaining()];
      buffer.get(some);
      octets.writeBytes(some);
    }
    Flow.Subscription running = subscription;
    if (running == null) {
      throw new IllegalStateException("octets before a subscription");
    }
    if (octets.size() > maxOctets) {
      running.cancel();
      body.completeExceptionally(new IOException("longer than " + maxOctets + " octets"));
    } else {
      running.request(1);
    }
  }

  @Override
  public void onError(Throwable cause) {
    body.completeExceptionally(cause);
  }

  @Override
  public void onComplete() {
    body.complete(octets.toByteArray());
  }
}
