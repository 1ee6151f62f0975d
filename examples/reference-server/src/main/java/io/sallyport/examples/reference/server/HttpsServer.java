package io.sallyport.examples.reference.server;

import io.sallyport.core.problem.HeaderField;
import io.sallyport.examples.reference.config.ServerConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty with TLS 1.2 and 1.3, HTTP/2 and HTTP/1.1, and one filter in front of nothing: the filter's
 * endpoints carry their handlers.
 *
 * <p>Every size and time that a client could stretch has a bound. Requests run on virtual threads
 * where the JDK has them.
 */
public final class HttpsServer {
  private static final int MAX_THREADS = 200;
  private static final int MAX_CONNECTIONS = 2_000;
  private static final int MAX_STREAMS = 100;
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(15);

  private final Server server;

  private HttpsServer(Server server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @param checkHost whether a request's host must be one that the certificate names
   * @param securityHeaders what the filter sets on each response, for those it does not see
   */
  public static HttpsServer start(
      ServerConfig.Listener listener,
      ServerConfig.Tls tls,
      boolean checkHost,
      Filter filter,
      List<HeaderField> securityHeaders)
      throws Exception {
    Server server = new Server(threads());
    server.addConnector(connector(server, listener, tls, checkHost));
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
    ContainerProblems problems = new ContainerProblems(securityHeaders);
    server.setErrorHandler(problems);
    server.setHandler(new GracefulHandler(context(filter, problems)));
    server.setStopTimeout(DRAIN_TIMEOUT.toMillis());
    try {
      server.start();
    } catch (Exception e) {
      server.stop();
      throw e;
    }
    return new HttpsServer(server);
  }

  /** Where it listens; the port is the real one where the configuration said 0. */
  public URI address() {
    ServerConnector connector = (ServerConnector) server.getConnectors()[0];
    return URI.create("https://" + connector.getHost() + ":" + connector.getLocalPort());
  }

  /**
   * Takes no more connections or requests, waits for those under way, but not without end, and
   * stops.
   */
  public void drain() throws Exception {
    server.stop();
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("https");
    if (VirtualThreads.areSupported()) {
      threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    }
    return threads;
  }

  private static ServletContextHandler context(Filter filter, ContainerProblems problems) {
    ServletContextHandler context =
        new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    context.setErrorHandler(problems);
    return context;
  }

  private static ServerConnector connector(
      Server server, ServerConfig.Listener listener, ServerConfig.Tls tls, boolean checkHost) {
    HttpConfiguration http = http(checkHost);
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
    http2.setMaxConcurrentStreams(MAX_STREAMS);
    http2.setStreamIdleTimeout(IDLE_TIMEOUT.toMillis());
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
    ServerConnector connector =
        new ServerConnector(
            server, new SslConnectionFactory(ssl(tls), alpn.getProtocol()), alpn, http2, http1);
    connector.setHost(listener.host());
    connector.setPort(listener.port());
    connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
    return connector;
  }

  private static HttpConfiguration http(boolean checkHost) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setResponseHeaderSize(MAX_HEADER_BYTES);
    SecureRequestCustomizer secure = new SecureRequestCustomizer();
    secure.setSniHostCheck(checkHost);
    http.addCustomizer(secure);
    return http;
  }

  private static SslContextFactory.Server ssl(ServerConfig.Tls tls) {
    SslContextFactory.Server ssl = new SslContextFactory.Server();
    ssl.setKeyStorePath(tls.keystore().toString());
    ssl.setKeyStoreType("PKCS12");
    ssl.setKeyStorePassword(tls.password().reveal());
    ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    // Forward secrecy and authenticated encryption only.
    ssl.setIncludeCipherSuites(
        "TLS_AES_.*", "TLS_CHACHA20_.*", "TLS_ECDHE_.*_GCM_.*", "TLS_ECDHE_.*_CHACHA20_.*");
    ssl.setCipherComparator(HTTP2Cipher.COMPARATOR);
    ssl.setUseCipherSuitesOrder(true);
    ssl.setRenegotiationAllowed(false);
    return ssl;
  }
}
