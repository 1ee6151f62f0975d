package io.sallyport.core.store;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis, made when it is first needed and made anew when it is needed after it
 * broke.
 *
 * <p>Lettuce would do that by itself, and send again what was unanswered when the connection broke;
 * but whoever stores a value, does not hear the answer, and stores it again, is told that the key
 * is taken. So a command is sent at most once. A connection on which an answer is late is given up:
 * half-open after a failure of the network, it could stay silent for a quarter of an hour.
 */
final class RedisLink implements AutoCloseable {
  // Those who wait are threads, so this is more than there will be; it bounds memory if not.
  private static final int MAX_UNANSWERED = 10_000;

  private final RedisClient client;
  private final RedisURI uri;
  private final Duration timeout;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connecting;
  private boolean closed;

  RedisLink(RedisURI uri, Duration timeout) {
    this.uri = RedisURI.builder(uri).withTimeout(timeout).build();
    this.timeout = timeout;
    this.client = RedisClient.create();
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MAX_UNANSWERED)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(SocketOptions.builder().connectTimeout(timeout).keepAlive(true).build())
            .build());
  }

  /**
   * Sends one command, once, and waits for the answer; empty if that is nil.
   *
   * @throws RedisCommandExecutionException if Redis answers with an error, so that nothing was done
   * @throws StoreUnavailableException if there is no answer
   */
  <T> Optional<T> ask(Function<RedisAsyncCommands<byte[], byte[]>, RedisFuture<T>> command) {
    StatefulRedisConnection<byte[], byte[]> connection = await(connection());
    RedisFuture<T> answer;
    try {
      answer = command.apply(connection.async());
    } catch (RedisException e) {
      throw new StoreUnavailableException("the store in Redis cannot be reached", e);
    }
    try {
      return Optional.ofNullable(await(answer));
    } catch (StoreUnavailableException e) {
      answer.cancel(true);
      giveUp(connection);
      throw e;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      connecting = null;
    } finally {
      lock.unlock();
    }
    client.shutdown(Duration.ZERO, timeout);
  }

  // One attempt at a time, however many wait for it.
  private CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection() {
    lock.lock();
    try {
      if (closed) {
        throw new StoreUnavailableException("the store in Redis is closed");
      }
      CompletableFuture<StatefulRedisConnection<byte[], byte[]>> current = connecting;
      if (current == null || broken(current)) {
        current = client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
        connecting = current;
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  private static boolean broken(
      CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection) {
    return connection.isDone()
        && (connection.isCompletedExceptionally() || !connection.join().isOpen());
  }

  private void giveUp(StatefulRedisConnection<byte[], byte[]> connection) {
    lock.lock();
    try {
      CompletableFuture<StatefulRedisConnection<byte[], byte[]>> current = connecting;
      if (current == null || broken(current) || current.getNow(null) != connection) {
        // Another thread was first.
        return;
      }
      connecting = null;
    } finally {
      lock.unlock();
    }
    // Nobody waits for that: it may take as long as the answer.
    CompletableFuture<Void> unused = connection.closeAsync();
  }

  private <T> T await(Future<T> future) {
    try {
      return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RedisCommandExecutionException refused) {
        throw refused;
      }
      throw new StoreUnavailableException("the store in Redis cannot be reached", e);
    } catch (TimeoutException e) {
      throw new StoreUnavailableException("the store in Redis did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while the store in Redis was asked", e);
    }
  }
}
