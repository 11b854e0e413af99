package io.github.mailflowlab.smtp.tls;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches small documents over HTTP, without following redirects: an address stands in a
 * certificate, and where it points to is not for a third party to say. The caller limits the time.
 * The client is made when it is first needed, because most transports never do. All threads.
 */
final class HttpFetch {
  static final int MAX_LIST = 4 * 1024 * 1024;
  static final int MAX_ANSWER = 64 * 1024;

  private volatile @Nullable HttpClient client;

  /** A list of revoked certificates. */
  CompletableFuture<byte[]> list(URI address) {
    return send(HttpRequest.newBuilder(address).build(), MAX_LIST);
  }

  /** An answer to a question by OCSP (RFC 6960 A.1). */
  CompletableFuture<byte[]> answer(URI address, byte[] question) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/ocsp-request")
            .POST(HttpRequest.BodyPublishers.ofByteArray(question))
            .build();
    return send(request, MAX_ANSWER);
  }

  private CompletableFuture<byte[]> send(HttpRequest request, int maxOctets) {
    return client()
        .sendAsync(request, head -> new BoundedBody(maxOctets))
        .thenApply(HttpFetch::bodyOf);
  }

  private static byte[] bodyOf(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new CompletionException(new IOException("HTTP status " + response.statusCode()));
    }
    return response.body();
  }

  /** Two threads may make one each; the loser's is given up. */
  private HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      known =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      client = known;
    }
    return known;
  }
}
