package io.sallyport.security.testing;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.filter.ApiFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps the trail of verdicts of each request. */
final class TrailRecorder extends ApiFilter {
  private final BlockingQueue<List<Verdict>> trails = new LinkedBlockingQueue<>();

  @Override
  public Stage stage() {
    return Stage.OBSERVE;
  }

  @Override
  public String name() {
    return "trail-recorder";
  }

  @Override
  protected void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } finally {
      trails.add(List.copyOf(exchange.trail()));
    }
  }

  /** What {@code guard} said of the next request that was not asked about. */
  Verdict next(String guard) throws InterruptedException {
    // The client may have its answer before the server is through with the request.
    List<Verdict> trail = trails.poll(10, TimeUnit.SECONDS);
    if (trail == null) {
      throw new AssertionError("no request was recorded");
    }
    return trail.stream()
        .filter(verdict -> verdict.guard().equals(guard))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no verdict of " + guard + " in " + trail));
  }
}
