package io.github.mailflowlab.alerting.notify;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads nothing of an answer's body, however long or slow it is: the status says it all. */
final class IgnoredBody implements HttpResponse.BodySubscriber<Boolean> {
  private final CompletableFuture<Boolean> done = CompletableFuture.completedFuture(true);

  @Override
  public CompletionStage<Boolean> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.cancel();
  }

  @Override
  public void onNext(List<ByteBuffer> item) {}

  @Override
  public void onError(@Nullable Throwable throwable) {}

  @Override
  public void onComplete() {}
}
