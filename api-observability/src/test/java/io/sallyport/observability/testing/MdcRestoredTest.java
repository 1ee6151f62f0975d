package io.sallyport.observability.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.observability.log.AccessLogEntry;
import io.sallyport.observability.log.AccessLogFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class MdcRestoredTest {
  private final BlockingQueue<AccessLogEntry> entries = ObservedServer.entries();
  private final BlockingQueue<String> after = new LinkedBlockingQueue<>();
  private final AccessLogFilter log = new AccessLogFilter(entries::add, InstantSource.system());

  private Filter around(String before) {
    return (request, response, chain) -> {
      if (before.isEmpty()) {
        MDC.remove("exchangeId");
      } else {
        MDC.put("exchangeId", before);
      }
      try {
        log.doFilter(request, response, chain);
      } finally {
        after.add(String.valueOf(MDC.get("exchangeId")));
        MDC.remove("exchangeId");
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fine", "/throw"})
  void theThreadHasNoIdAfterTheRequest(String path) throws Exception {
    try (ObservedServer server = new ObservedServer(entries, around(""), new Target())) {
      server.get(path);

      assertThat(after.poll(10, TimeUnit.SECONDS)).isEqualTo("null");
    }
  }

  @Test
  void whatTheThreadHadBeforeIsPutBack() throws Exception {
    try (ObservedServer server = new ObservedServer(entries, around("outer"), new Target())) {
      String within = server.get("/fine").body();

      assertThat(within).isEqualTo(server.entry().id());
      assertThat(after.poll(10, TimeUnit.SECONDS)).isEqualTo("outer");
    }
  }

  private static final class Target extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (request.getRequestURI().equals("/throw")) {
        throw new IllegalStateException("broken on purpose");
      }
      response.getWriter().write(MDC.get("exchangeId"));
    }
  }
}
