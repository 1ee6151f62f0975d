package io.sallyport.core.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A proxy on loopback in front of a server on loopback, that can fail as networks do. While {@link
 * #stall stalled} it accepts connections and bytes, and nothing comes back.
 */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Answers answers = Answers.FORWARDED;

  private enum Answers {
    FORWARDED,
    HELD_BACK,
    CUT
  }

  /** A proxy in front of {@code target}, a port on loopback. */
  public TcpProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** The port. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on requests are passed on, and their answers held back. */
  public void stall() {
    set(Answers.HELD_BACK);
  }

  /** From now on requests are passed on, and at the first answer the connection is cut instead. */
  public void cutBeforeTheAnswer() {
    set(Answers.CUT);
  }

  /** Lets everything through again, what was held back included. */
  public void resume() {
    set(Answers.FORWARDED);
  }

  /** Cuts every connection. */
  public void cut() {
    sockets.forEach(TcpProxy::closeQuietly);
  }

  @Override
  public void close() {
    closeQuietly(listener);
    cut();
    resume();
  }

  private void set(Answers to) {
    lock.lock();
    try {
      answers = to;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean mayAnswer() throws InterruptedException {
    lock.lock();
    try {
      while (answers == Answers.HELD_BACK) {
        changed.await();
      }
      return answers == Answers.FORWARDED;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        daemon(() -> pump(client, server, false));
        daemon(() -> pump(server, client, true));
      } catch (IOException e) {
        // The server is stopped, or so is this proxy; what hangs on it ends.
        cut();
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answer) {
    byte[] buffer = new byte[16_384];
    try (from;
        to) {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        if (answer && !mayAnswer()) {
          return;
        }
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One end closed: so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }
}
