package io.sallyport.core.cache;

import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.recording.Recording;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Tells a write that was refused, with 4xx, from one that succeeded or failed. A refusal changed
 * nothing; if it invalidated, a caller could empty the cache of its tenant by nonsense. After a
 * failure, nobody knows.
 */
final class RefusedRequest {
  private static final String ATTRIBUTE = RefusedRequest.class.getName();

  private RefusedRequest() {}

  /** {@code chain}, where a refusal that is thrown is noted before it goes on. */
  static FilterChain noting(FilterChain chain) {
    return (request, response) -> {
      try {
        chain.doFilter(request, response);
      } catch (ProblemException e) {
        note(request, e);
        throw e;
      } catch (ServletException e) {
        // As frameworks wrap it.
        note(request, e.getCause());
        throw e;
      }
    };
  }

  private static void note(ServletRequest request, @Nullable Throwable thrown) {
    if (thrown instanceof ProblemException known && isRefusal(known.problem().status())) {
      request.setAttribute(ATTRIBUTE, true);
    }
  }

  /** Whether what the handler of {@code request} wrote or threw is a refusal. */
  static boolean isRefused(ServletRequest request, Recording recording) {
    return recording instanceof Recording.Complete whole
        ? isRefusal(whole.status())
        : Boolean.TRUE.equals(request.getAttribute(ATTRIBUTE));
  }

  private static boolean isRefusal(int status) {
    return status / 100 == 4;
  }
}
