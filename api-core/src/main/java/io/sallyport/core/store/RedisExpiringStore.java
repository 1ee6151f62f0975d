package io.sallyport.core.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.Base16;
import io.sallyport.core.endpoint.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An {@link ExpiringStore} in Redis, which nodes share. Needs {@code io.lettuce:lettuce-core} on
 * the classpath.
 *
 * <p>Redis forgets more easily than a database: it evicts what has not expired unless its {@code
 * maxmemory-policy} is {@code noeviction}, a restart loses what is not in its append-only file (up
 * to a second of it at {@code appendfsync everysec}), and a failover loses what had not reached the
 * replica. {@link #faults} checks the first two. Where a lost record would let something happen
 * twice that must not, use {@link JdbcExpiringStore}.
 *
 * <p>The clock of Redis decides what has expired. All that a store asks goes over one connection,
 * which it makes when it is first needed; while Redis is out, commands are refused and never queued
 * or repeated, and the next operation after that connects again. An operation takes no longer than
 * the timeout to connect and the timeout once or twice more to be answered. Cluster mode is not
 * supported. Close the store at the end.
 */
public final class RedisExpiringStore implements ExpiringStore, AutoCloseable {
  private static final Script REPLACE =
      new Script(
          """
          if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
          redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
          return 1
          """);

  private static final Script REMOVE =
      new Script(
          """
          if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
          redis.call('DEL', KEYS[1])
          return 1
          """);

  private final RedisLink link;
  private final RedisURI uri;
  private final byte[] prefix;
  private final boolean forgettingAllowed;

  private RedisExpiringStore(Builder builder) {
    uri = builder.uri;
    link = new RedisLink(builder.uri, builder.timeout);
    prefix = builder.keyPrefix.getBytes(UTF_8);
    forgettingAllowed = builder.forgettingAllowed;
  }

  /** A store in the Redis at {@code uri}, which may name a password, a database and TLS. */
  public static Builder at(RedisURI uri) {
    return new Builder(uri);
  }

  /** How a store is configured. */
  public static final class Builder {
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(10);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    private final RedisURI uri;
    private String keyPrefix = "sallyport:";
    private Duration timeout = Duration.ofSeconds(1);
    private boolean forgettingAllowed;

    private Builder(RedisURI uri) {
      this.uri = requireNonNull(uri, "uri");
    }

    /** What every key in Redis begins with; {@code sallyport:} unless set. */
    public Builder keyPrefix(String keyPrefix) {
      Limits.checkKey(keyPrefix);
      this.keyPrefix = keyPrefix;
      return this;
    }

    /**
     * How long to wait for a connection, and for an answer; one second unless set.
     *
     * @throws IllegalArgumentException if that is not within 10 milliseconds and a minute
     */
    public Builder timeout(Duration timeout) {
      if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
        throw new IllegalArgumentException(
            "timeout must be " + MIN_TIMEOUT + " to " + MAX_TIMEOUT + ", was " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * Accepts a Redis without an append-only file, which forgets everything when it restarts: what
     * was revoked, and what was done already.
     */
    public Builder allowForgettingOnRestart() {
      forgettingAllowed = true;
      return this;
    }

    /** The store. It does not connect yet, so Redis may be out. */
    public RedisExpiringStore build() {
      return new RedisExpiringStore(this);
    }
  }

  @Override
  public Optional<byte[]> get(String key) {
    byte[] utf8 = prefixed(key);
    return ask("read", () -> link.ask(redis -> redis.get(utf8)));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration ttl) {
    byte[] utf8 = prefixed(key);
    Limits.checkValue(value, "value");
    SetArgs ifAbsent = SetArgs.Builder.nx().px(Limits.millis(ttl));
    byte[] copy = value.clone();
    return ask("write", () -> link.ask(redis -> redis.set(utf8, copy, ifAbsent))).isPresent();
  }

  @Override
  public boolean replace(String key, byte[] expected, byte[] value, Duration ttl) {
    byte[] utf8 = prefixed(key);
    Limits.checkValue(expected, "expected");
    Limits.checkValue(value, "value");
    byte[] millis = Long.toString(Limits.millis(ttl)).getBytes(US_ASCII);
    return run("replace", REPLACE, utf8, expected.clone(), value.clone(), millis);
  }

  @Override
  public boolean remove(String key, byte[] expected) {
    byte[] utf8 = prefixed(key);
    Limits.checkValue(expected, "expected");
    return run("remove", REMOVE, utf8, expected.clone());
  }

  /**
   * What keeps this store from doing its work, or from keeping its word, on the Redis as it is: for
   * {@code StartupException.throwIfAny}. What Redis does not tell this user is not checked.
   */
  public List<Fault> faults() {
    RedisFaults faults = new RedisFaults(uri.getHost() + ":" + uri.getPort(), forgettingAllowed);
    try {
      return faults.of(link.ask(RedisAsyncCommands::info).orElse(""));
    } catch (RedisCommandExecutionException e) {
      return faults.ofRefusal(e);
    } catch (StoreUnavailableException e) {
      return faults.ofSilence();
    }
  }

  /** Closes the connection. What is asked after that is {@link StoreUnavailableException}. */
  @Override
  public void close() {
    link.close();
  }

  private byte[] prefixed(String key) {
    byte[] utf8 = Limits.utf8(key);
    byte[] prefixed = new byte[prefix.length + utf8.length];
    System.arraycopy(prefix, 0, prefixed, 0, prefix.length);
    System.arraycopy(utf8, 0, prefixed, prefix.length, utf8.length);
    return prefixed;
  }

  private boolean run(String what, Script script, byte[] key, byte[]... values) {
    byte[][] keys = {key};
    return ask(what, () -> run(script, keys, values)).equals(Optional.of(1L));
  }

  private Optional<Long> run(Script script, byte[][] keys, byte[][] values) {
    try {
      return link.ask(redis -> script.byDigest(redis, keys, values));
    } catch (RedisNoScriptException e) {
      // Redis has restarted, or never saw it. It did nothing, and hereby learns the script.
      return link.ask(redis -> script.inFull(redis, keys, values));
    }
  }

  private static <T> Optional<T> ask(String what, Supplier<Optional<T>> question) {
    try {
      return question.get();
    } catch (RedisCommandExecutionException e) {
      // Out of memory, a replica, loading, no permission: nothing was done, and nothing is known.
      throw new StoreUnavailableException("the store in Redis refused to " + what, e);
    }
  }

  private record Script(String text, String digest) {
    Script(String text) {
      this(text, Base16.digest(text.getBytes(UTF_8)));
    }

    RedisFuture<Long> byDigest(
        RedisAsyncCommands<byte[], byte[]> redis, byte[][] keys, byte[][] values) {
      return redis.evalsha(digest, ScriptOutputType.INTEGER, keys, values);
    }

    RedisFuture<Long> inFull(
        RedisAsyncCommands<byte[], byte[]> redis, byte[][] keys, byte[][] values) {
      return redis.eval(text, ScriptOutputType.INTEGER, keys, values);
    }
  }
}
