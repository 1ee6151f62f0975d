package io.sallyport.core.testing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.StoreUnavailableException;
import io.sallyport.core.testing.Race;
import io.sallyport.core.testing.TcpProxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ExpiringStore} must do that lives in a server: nodes share it, an outage is
 * {@link StoreUnavailableException} within a bounded time, nothing is told that is not known, and
 * everything is there again after it.
 */
public abstract class SharedExpiringStoreContract extends ExpiringStoreContract {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration IMPATIENT = Duration.ofMillis(300);

  // How long an operation of an impatient node may take, with room for a busy machine.
  private static final Duration BOUND = Duration.ofSeconds(10);

  private static final Duration RECOVERY = Duration.ofSeconds(30);

  /** The port of the server, which nobody else uses. */
  protected abstract int serverPort();

  /** Stops the server. */
  protected abstract void stopServer();

  /** Starts the server again, with what it held. */
  protected abstract void startServer();

  /**
   * Another store as another node has it, that reaches the server on {@code port}, and waits for
   * each thing that it waits for no longer than {@code timeout}.
   */
  protected abstract Node node(int port, Duration timeout);

  /** A node. */
  public interface Node extends AutoCloseable {
    /** Its store. */
    ExpiringStore store();

    @Override
    void close();
  }

  @Test
  public void whatOneNodeStoresAnotherSees() {
    try (Node other = node(serverPort(), PATIENT)) {
      assertThat(store().putIfAbsent(key(), bytes("value"), HOUR)).isTrue();

      assertThat(other.store().get(key())).hasValue(bytes("value"));
      assertThat(other.store().putIfAbsent(key(), bytes("other"), HOUR)).isFalse();
      assertThat(other.store().replace(key(), bytes("value"), bytes("new"), HOUR)).isTrue();
      assertThat(store().remove(key(), bytes("new"))).isTrue();
      assertThat(other.store().get(key())).isEmpty();
    }
  }

  @Test
  public void ofManyOnTwoNodesExactlyOneStores() {
    try (Node other = node(serverPort(), PATIENT)) {
      List<Boolean> stored =
          Race.of(
              THREADS,
              i -> (i % 2 == 0 ? store() : other.store()).putIfAbsent(key(), bytes("" + i), HOUR));

      assertThat(Collections.frequency(stored, true)).isEqualTo(1);
    }
  }

  @Test
  public void aStoppedServerIsAnOutageAfterWhichEverythingIsThere() {
    try (Node node = node(serverPort(), IMPATIENT)) {
      node.store().putIfAbsent(key(), bytes("value"), HOUR);

      stopServer();
      try {
        everyOperationIsUnavailable(node.store());
      } finally {
        startServer();
      }

      recovers(node.store());
      assertThat(node.store().get(key())).hasValue(bytes("value"));
      assertThat(node.store().putIfAbsent(key(), bytes("other"), HOUR)).isFalse();
    }
  }

  @Test
  public void aServerThatDoesNotAnswerIsAnOutage() {
    try (TcpProxy proxy = new TcpProxy(serverPort());
        Node node = node(proxy.port(), IMPATIENT)) {
      node.store().putIfAbsent(key(), bytes("value"), HOUR);

      proxy.stall();
      everyOperationIsUnavailable(node.store());

      proxy.resume();
      recovers(node.store());
      assertThat(node.store().get(key())).isPresent();
    }
  }

  @Test
  public void manyWhoWaitForAServerThatDoesNotAnswerAllHearSoInTime() {
    try (TcpProxy proxy = new TcpProxy(serverPort());
        Node node = node(proxy.port(), IMPATIENT)) {
      node.store().get(key());
      proxy.stall();

      Race.of(
          THREADS,
          i -> {
            isUnavailable(() -> node.store().putIfAbsent(key(), bytes("value"), HOUR));
            return true;
          });
    }
  }

  @Test
  public void aServerThatCannotBeReachedFromTheStartIsAnOutageUntilItCan() {
    try (TcpProxy proxy = new TcpProxy(serverPort())) {
      proxy.stall();
      try (Node node = node(proxy.port(), IMPATIENT)) {
        isUnavailable(() -> node.store().get(key()));

        proxy.resume();
        recovers(node.store());
      }
    }
  }

  @Test
  public void aConnectionThatBreaksBeforeTheAnswerNeverMeansNo() {
    // A client that sends what was unanswered again would be told that the key is taken: by itself.
    for (int round = 0; round < 3; round++) {
      String key = key() + " round " + round;
      try (TcpProxy proxy = new TcpProxy(serverPort());
          Node node = node(proxy.port(), IMPATIENT)) {
        assertThat(node.store().get(key)).isEmpty();

        proxy.cutBeforeTheAnswer();
        isUnavailable(() -> node.store().putIfAbsent(key, bytes("value"), HOUR));

        proxy.resume();
        recovers(node.store());
        store().putIfAbsent(key, bytes("value"), HOUR);
        proxy.cutBeforeTheAnswer();
        isUnavailable(() -> node.store().replace(key, bytes("value"), bytes("new"), HOUR));
      }
    }
  }

  private void everyOperationIsUnavailable(ExpiringStore store) {
    byte[] value = bytes("value");
    isUnavailable(() -> store.get(key()));
    isUnavailable(() -> store.putIfAbsent(key(), value, HOUR));
    isUnavailable(() -> store.replace(key(), bytes("other"), value, HOUR));
    isUnavailable(() -> store.remove(key(), bytes("other")));
  }

  private void isUnavailable(Runnable operation) {
    assertTimeoutPreemptively(
        BOUND,
        () ->
            assertThatThrownBy(operation::run)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageNotContaining(key())
                .hasMessageNotContaining("value"));
  }

  private void recovers(ExpiringStore store) {
    assertTimeoutPreemptively(
        RECOVERY,
        () -> {
          boolean answered = false;
          while (!answered) {
            answered = answers(store);
          }
        });
  }

  private boolean answers(ExpiringStore store) {
    try {
      store.get(key());
      return true;
    } catch (StoreUnavailableException e) {
      Thread.onSpinWait();
      return false;
    }
  }
}
