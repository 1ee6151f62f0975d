package io.sallyport.core.recorded;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.ApiFilter;
import io.sallyport.core.recording.Recording;
import io.sallyport.core.recording.RecordingResponse;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Records every response, held or passing as the request says by {@code X-Hold}. */
final class RecordingFilter extends ApiFilter {
  static final int MAX_BYTES = 1000;

  private final BlockingQueue<Recording> recordings = new LinkedBlockingQueue<>();

  Recording next() throws InterruptedException {
    Recording next = recordings.poll(5, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was recorded");
    }
    return next;
  }

  /** How many were recorded that nobody has asked for; forgets them. */
  int left() {
    return recordings.drainTo(new java.util.ArrayList<>());
  }

  @Override
  public Stage stage() {
    return Stage.REPLAY;
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  protected boolean runsAgainOn(DispatcherType type) {
    return type == DispatcherType.ASYNC;
  }

  @Override
  protected void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      if (!RecordingResponse.resume(RecordingFilter.class, request, response, chain)) {
        chain.doFilter(request, response);
      }
      return;
    }
    response.addHeader("X-Guard", "before");
    boolean hold = "yes".equals(request.getHeader("X-Hold"));
    RecordingResponse recorded =
        hold
            ? RecordingResponse.holding(response, exchange, MAX_BYTES, this::ended)
            : RecordingResponse.passing(response, exchange, MAX_BYTES, this::ended);
    recorded.run(RecordingFilter.class, request, chain);
  }

  private void ended(Recording recording, RecordingResponse response) {
    if (response.isHeld() && recording instanceof Recording.Complete whole) {
      response.setHeader("X-Recorded", Integer.toString(whole.body().length));
      if (!whole.values("X-Replace").isEmpty()) {
        response.replaceBy(
            new Recording.Complete(
                203, java.util.Map.of("X-Replaced", java.util.List.of("yes")), new byte[] {'r'}));
      }
      if (!whole.values("X-Fail-At-End").isEmpty()) {
        recordings.add(recording);
        throw new IllegalStateException("failed at the end");
      }
    }
    recordings.add(recording);
  }
}
