package io.sallyport.security.token;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Collects a response body of at most {@code limit} bytes, and breaks the connection off at the
 * first byte more. Holds no thread while it waits for a slow server.
 */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final int limit;
  private final long announced;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream(4096);
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private @Nullable Subscription subscription;

  /** {@code announced} is the {@code Content-Length}, negative where there is none. */
  BoundedBody(int limit, long announced) {
    this.limit = limit;
    this.announced = announced;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription begun) {
    subscription = begun;
    if (announced > limit) {
      refuse(begun);
    } else {
      begun.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (buffer.remaining() > limit - collected.size()) {
        if (subscription != null) {
          refuse(subscription);
        }
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      collected.write(bytes, 0, bytes.length);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(collected.toByteArray());
  }

  private void refuse(Subscription from) {
    from.cancel();
    body.completeExceptionally(new IOException("more than " + limit + " bytes"));
  }
}
