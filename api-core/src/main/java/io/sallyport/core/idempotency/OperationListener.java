package io.sallyport.core.idempotency;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.filter.ProblemFilter;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemResponse;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.store.ExpiringStore;
import io.sallyport.core.store.StoreUnavailableException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one granted operation to its end: when the handler returns or throws, when an async
 * request is completed, fails or times out. First the record is ended, then the client is told.
 */
final class OperationListener implements AsyncListener {
  private static final Logger LOG = LoggerFactory.getLogger(OperationListener.class);
  private static final Problem INTERNAL_ERROR = Problem.of(ProblemType.INTERNAL_ERROR);

  private final IdempotencyRecords records;
  private final Lease lease;
  private final Exchange exchange;
  private final ProblemFilter problems;
  private final CapturingResponse response;
  private final int maxResponseBytes;
  private final AtomicBoolean settled = new AtomicBoolean();
  private volatile ServletResponse handlersResponse;
  private volatile boolean async;
  private volatile boolean abandoned;
  private volatile boolean withoutEffect;

  OperationListener(
      IdempotencyRecords records,
      Lease lease,
      Exchange exchange,
      ProblemFilter problems,
      CapturingResponse response,
      int maxResponseBytes) {
    this.records = records;
    this.lease = lease;
    this.exchange = exchange;
    this.problems = problems;
    this.response = response;
    this.maxResponseBytes = maxResponseBytes;
    this.handlersResponse = response;
  }

  CapturingResponse response() {
    return response;
  }

  /** The response with which the handler goes on after an async dispatch. */
  ServletResponse handlersResponse() {
    return handlersResponse;
  }

  OperationId operation() {
    return lease.operation();
  }

  /** The handler says that it failed and did nothing. */
  void failedWithoutEffect() {
    withoutEffect = true;
  }

  void completeIn(ExpiringStore joined, StoredResponse answer) {
    if (!lease.terms().inTransaction()) {
      throw new IllegalStateException(
          "completeIn is for endpoints that say Idempotency...inTransaction()");
    }
    if (answer.bytes().length > maxResponseBytes) {
      throw new IllegalArgumentException(
          "the body must have at most "
              + maxResponseBytes
              + " bytes, had "
              + answer.bytes().length
              + "; raise Idempotency.maxResponseBytes");
    }
    records.completeIn(joined, lease, answer);
  }

  /** A dispatch begins; the one before it, if any, has left no context behind. */
  void dispatchBegins() {
    async = false;
  }

  void asyncStarted(AsyncContext context, ServletResponse answer) {
    async = true;
    handlersResponse = answer;
    context.addListener(this);
  }

  /** The handler has returned. */
  void dispatchEnded() throws IOException {
    if (async) {
      response.dispatchEnded();
    } else {
      settle();
    }
  }

  /** The handler completes an async request, on whatever thread. */
  void settleAsync() {
    try {
      settle();
    } catch (IOException e) {
      LOG.debug("client is gone, exchange {}", exchange.id(), e);
    } catch (RuntimeException e) {
      LOG.error("operation {} was not settled, exchange {}", operation(), exchange.id(), e);
      answerInternalError();
    }
  }

  private void answerInternalError() {
    try {
      if (!abandoned && !response.isPassedOn()) {
        tell(INTERNAL_ERROR);
      }
    } catch (IOException e) {
      LOG.debug("client is gone, exchange {}", exchange.id(), e);
    }
  }

  private void settle() throws IOException {
    if (!settled.compareAndSet(false, true)) {
      return;
    }
    if (!lease.terms().inTransaction()) {
      settleCaptured();
      return;
    }
    try {
      settleTransaction();
    } catch (StoreUnavailableException e) {
      // Committed or not, the record knows, and tells whoever repeats the request.
      LOG.error("operation {} cannot be read, exchange {}", operation(), exchange.id(), e);
      tellUnlessAbandoned(IdempotencyProblems.UNAVAILABLE);
    }
  }

  private void settleCaptured() throws IOException {
    boolean stillOurs;
    try {
      stillOurs = record(withoutEffect ? Outcome.RELEASED : Outcome.ofStatus(response.getStatus()));
    } catch (StoreUnavailableException e) {
      // What the handler says is true all the same. A repetition finds the operation in progress,
      // and then uncertain; it is not run again.
      LOG.error("operation {} has ended unrecorded, exchange {}", operation(), exchange.id(), e);
      stillOurs = true;
    }
    if (abandoned) {
      return;
    }
    if (stillOurs || response.isPassedOn()) {
      response.send();
    } else {
      // Somebody else has said what became of it, or its record has expired.
      LOG.error("operation {} has ended after its lease, exchange {}", operation(), exchange.id());
      tell(IdempotencyProblems.unknown(operation()));
    }
  }

  private boolean record(Outcome outcome) {
    return switch (outcome) {
      case RELEASED -> records.release(lease);
      case UNCERTAIN -> records.doubt(lease);
      case COMPLETED -> complete();
    };
  }

  private boolean complete() {
    // The fields of a response that was abandoned are those of whatever was answered instead.
    Optional<StoredResponse> answer = abandoned ? Optional.empty() : response.toStored();
    if (answer.isPresent()) {
      try {
        return records.complete(lease, answer.get());
      } catch (IllegalArgumentException e) {
        LOG.warn("the answer of operation {} is too large for the store", operation(), e);
      }
    }
    return records.completeUnkept(lease, response.getStatus());
  }

  // The answer is what the record says, read back: what was not committed is not acknowledged.
  private void settleTransaction() throws IOException {
    Optional<StoredResponse> answer = records.completedBy(lease);
    if (answer.isPresent()) {
      sendRecorded(answer.get());
    } else if (withoutEffect || response.getStatus() >= 400) {
      settleRefused();
    } else {
      // It may have made its effect outside of the transaction, or forgotten the record.
      LOG.error(
          "the handler of {} succeeded without completing operation {}, exchange {}; call"
              + " IdempotentRequest.completeIn in its transaction",
          exchange.template(),
          operation(),
          exchange.id());
      records.doubt(lease);
      tellUnlessAbandoned(INTERNAL_ERROR);
    }
  }

  // A refusal without an effect: nothing was committed under this lease, nor can it be any more.
  private void settleRefused() throws IOException {
    boolean over = !withoutEffect && Outcome.ofStatus(response.getStatus()) == Outcome.COMPLETED;
    boolean ours = over ? complete() : records.release(lease);
    if (!abandoned) {
      if (ours) {
        response.send();
      } else {
        tellWhatBecameOfIt();
      }
    }
  }

  private void sendRecorded(StoredResponse answer) throws IOException {
    if (!abandoned) {
      ReplayResponse.write(response.discarded(), answer);
    }
  }

  private void tellWhatBecameOfIt() throws IOException {
    Optional<Claim> standing = records.find(operation(), lease.record().fingerprint());
    if (standing.isPresent() && standing.get() instanceof Claim.Done done) {
      ReplayResponse.replay(response.discarded(), done.response());
    } else {
      tell(
          standing
              .map(claim -> IdempotencyProblems.of(claim, operation(), false))
              // Released by another: whoever comes next may run it.
              .orElseGet(() -> IdempotencyProblems.busy(operation())));
    }
  }

  private void tellUnlessAbandoned(Problem problem) throws IOException {
    if (!abandoned) {
      tell(problem);
    }
  }

  private void tell(Problem problem) throws IOException {
    exchange.answeredWith(problem, null);
    HttpServletResponse client = response.discarded();
    ProblemResponse.write(client, problem, exchange.id());
  }

  /**
   * The handler has thrown; ends the record by what that says of the operation.
   *
   * @return whether the client was answered; otherwise {@code thrown} must be thrown on
   */
  boolean fail(Throwable thrown) throws IOException, ServletException {
    if (!settled.compareAndSet(false, true)) {
      return false;
    }
    try {
      return lease.terms().inTransaction() ? failTransaction(thrown) : failCaptured(thrown);
    } catch (StoreUnavailableException e) {
      LOG.error("operation {} has failed unrecorded, exchange {}", operation(), exchange.id(), e);
      return false;
    }
  }

  private boolean failCaptured(Throwable thrown) throws IOException {
    Problem problem = problems.problemFor(thrown);
    Outcome outcome = outcomeOf(problem);
    if (outcome == Outcome.COMPLETED) {
      response.answer(problem, thrown);
      settled.set(false);
      settle();
      return true;
    }
    record(outcome);
    return false;
  }

  private Outcome outcomeOf(Problem problem) {
    if (withoutEffect) {
      return Outcome.RELEASED;
    }
    // What was answered already cannot be refused any more.
    return response.isCommitted() ? Outcome.UNCERTAIN : Outcome.ofStatus(problem.status());
  }

  // Whatever was thrown, also by the commit itself: the record tells whether there was an effect.
  // Its removal waits for a commit that is under way.
  private boolean failTransaction(Throwable thrown) throws IOException {
    Problem problem = problems.problemFor(thrown);
    boolean lost = thrown instanceof LeaseLostException;
    if (!lost
        && !withoutEffect
        && !response.isCommitted()
        && Outcome.ofStatus(problem.status()) == Outcome.COMPLETED) {
      response.answer(problem, thrown);
      settleRefused();
      return true;
    }
    if (!lost && records.release(lease)) {
      return false;
    }
    LOG.warn("operation {} ended otherwise than its handler", operation(), thrown);
    Optional<StoredResponse> answer = records.completedBy(lease);
    if (answer.isPresent()) {
      sendRecorded(answer.get());
    } else {
      tellWhatBecameOfIt();
    }
    return true;
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // The client is answered that it took too long. The handler may still come to its end, and
    // then the record tells; if not, the lease runs out.
    abandon();
  }

  private void abandon() {
    abandoned = true;
    response.abandon();
  }

  @Override
  public void onError(AsyncEvent event) {
    abandon();
    if (!settled.compareAndSet(false, true)) {
      return;
    }
    try {
      boolean refused = outcomeOf(problems.problemFor(event.getThrowable())) == Outcome.RELEASED;
      record(refused || lease.terms().inTransaction() ? Outcome.RELEASED : Outcome.UNCERTAIN);
    } catch (StoreUnavailableException e) {
      LOG.error("operation {} has failed unrecorded, exchange {}", operation(), exchange.id(), e);
    }
  }

  @Override
  public void onComplete(AsyncEvent event) {
    // Settled before, by the context that completed it.
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
