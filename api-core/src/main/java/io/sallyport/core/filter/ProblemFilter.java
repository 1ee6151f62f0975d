package io.sallyport.core.filter;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemResponse;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every failure behind it into a problem, RFC 9457: whatever is thrown, {@code sendError},
 * and the container's own error dispatch.
 *
 * <p>The client gets a fixed text and an error id; the exception goes to the log under that id. A
 * failure after the response was committed cannot be told to the client any more: it is logged and
 * thrown on, so that the container breaks the connection instead of ending the body as if it were
 * whole. A client that vanished is no failure.
 */
public final class ProblemFilter extends ApiFilter implements Described {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemFilter.class);
  private static final Problem INTERNAL_ERROR = Problem.of(ProblemType.INTERNAL_ERROR);

  private final List<ProblemMapper> mappers;

  /** Knows {@link ProblemException}; everything else is 500. */
  public ProblemFilter() {
    this(List.of());
  }

  /** Asks {@code mappers}, in order, about what is not a {@link ProblemException}. */
  public ProblemFilter(List<ProblemMapper> mappers) {
    this.mappers = List.copyOf(mappers);
  }

  @Override
  public Stage stage() {
    return Stage.PROBLEM;
  }

  @Override
  public String name() {
    return "problem";
  }

  /** Tells what the container refuses before or behind every guard, and of mappers that tell. */
  @Override
  public void describe(OperationDescription operation) {
    operation.refuses(
        ProblemType.BAD_REQUEST,
        ProblemType.REQUEST_TIMEOUT,
        ProblemType.URI_TOO_LONG,
        ProblemType.HEADERS_TOO_LARGE,
        ProblemType.INTERNAL_ERROR);
    for (ProblemMapper mapper : mappers) {
      if (mapper instanceof Described described) {
        described.describe(operation);
      }
    }
  }

  @Override
  protected boolean runsAgainOn(DispatcherType type) {
    return type == DispatcherType.ASYNC || type == DispatcherType.ERROR;
  }

  @Override
  protected void handle(
      Exchange exchange,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      answerErrorDispatch(exchange, request, response);
      return;
    }
    ProblemResponseWrapper wrapper = new ProblemResponseWrapper(response, exchange);
    try {
      AsyncProblems.throwIfCut(request);
      chain.doFilter(request, wrapper);
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new AsyncProblems(this, exchange), request, response);
      }
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      fail(exchange, response, e);
      if (request.isAsyncStarted()) {
        // Whoever threw will not complete it, and the client would wait for the timeout.
        request.getAsyncContext().complete();
      }
    }
  }

  /** Answers with the problem for {@code thrown}, or breaks off a response that has begun. */
  void fail(Exchange exchange, HttpServletResponse response, Throwable thrown)
      throws IOException, ServletException {
    if (Vanished.isClientGone(thrown)) {
      LOG.debug("client is gone, exchange {}", exchange.id());
      exchange.answeredWith(
          exchange.problem().orElse(Problem.of(ProblemType.REQUEST_TIMEOUT)), thrown);
      throw asDeclared(thrown);
    }
    Problem problem = problemFor(thrown);
    log(exchange, problem, thrown);
    exchange.answeredWith(problem, thrown);
    if (response.isCommitted()) {
      LOG.error("failed after the response was committed, exchange {}", exchange.id());
      throw asDeclared(thrown);
    }
    ProblemResponse.write(response, problem, exchange.id());
  }

  private void answerErrorDispatch(
      Exchange exchange, HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
      fail(exchange, response, thrown);
      return;
    }
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : response.getStatus();
    Problem problem = Problem.of(ProblemType.forStatus(status));
    exchange.answeredWith(problem, null);
    if (!response.isCommitted()) {
      ProblemResponse.write(response, problem, exchange.id());
    }
  }

  /** The problem with which {@code thrown} is answered; 500 where nothing says otherwise. */
  public Problem problemFor(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = wrapped(at)) {
      if (at instanceof ProblemException known) {
        return known.problem();
      }
      for (ProblemMapper mapper : mappers) {
        Optional<Problem> problem = mapper.problemFor(at);
        if (problem.isPresent()) {
          return problem.get();
        }
      }
    }
    return INTERNAL_ERROR;
  }

  // Containers and frameworks wrap what a handler throws; only the wrapping of ServletException is
  // undone, since the cause of anything else is that exception's own affair.
  private static @Nullable Throwable wrapped(Throwable thrown) {
    return thrown instanceof ServletException ? thrown.getCause() : null;
  }

  private static void log(Exchange exchange, Problem problem, Throwable thrown) {
    if (problem.status() >= 500) {
      LOG.error("{} at {}, exchange {}", problem, exchange.template(), exchange.id(), thrown);
    } else {
      LOG.debug("{} at {}, exchange {}", problem, exchange.template(), exchange.id(), thrown);
    }
  }

  private static IOException asDeclared(Throwable thrown) throws ServletException {
    if (thrown instanceof IOException io) {
      return io;
    }
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw thrown instanceof ServletException declared ? declared : new ServletException(thrown);
  }
}
