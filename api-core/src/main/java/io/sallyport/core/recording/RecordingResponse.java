package io.sallyport.core.recording;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemResponse;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.recording.Recording.Incomplete;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response that is recorded while it is written: by stream or writer, by {@code sendError} and
 * {@code sendRedirect}, at once or in an async request.
 *
 * <p>One that is <em>held</em> keeps the body from the client until the handler is done, so that
 * {@link Ending} can still change the fields, or answer something else. {@code flush} of a stream
 * waits for the end as well, since frameworks flush as a matter of course. Whatever cannot be held
 * passes from there on: a body beyond the bound, {@code flushBuffer}, and non-blocking writes.
 *
 * <p>{@link #run} runs the handler with it. A filter that uses it must run again on async
 * dispatches, and there call {@link #resume}. Used by one thread at a time, as every response.
 */
public final class RecordingResponse extends HttpServletResponseWrapper {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingResponse.class);

  private final HttpServletResponse response;
  private final Exchange exchange;
  private final Ending ending;
  private final RecordedBody body;
  private final Map<String, List<String>> before;
  private final AtomicBoolean ended = new AtomicBoolean();

  private @Nullable RecordingStreamWrapper stream;
  private byte @Nullable [] replacement;
  private @Nullable PrintWriter writer;
  private @Nullable Charset writerCharset;
  private boolean holding;
  private boolean dropping;
  private boolean notRecordable;
  private boolean refusing;
  // Read by a worker of the handler while a thread of the container times it out.
  private volatile boolean aborted;
  private volatile boolean closed;
  private volatile boolean atEnd;
  private volatile boolean async;

  private RecordingResponse(
      HttpServletResponse response,
      Exchange exchange,
      int maxBytes,
      boolean holding,
      Ending ending) {
    super(response);
    this.response = response;
    this.exchange = requireNonNull(exchange, "exchange");
    this.ending = requireNonNull(ending, "ending");
    this.body = new RecordedBody(maxBytes);
    this.holding = holding;
    this.before = fields();
  }

  /** What happens when a recorded response ends. */
  @FunctionalInterface
  public interface Ending {
    /**
     * Called once, on whatever thread ends the response. Of a response that was held to its end,
     * {@link HttpServletResponse#isCommitted} is still false: fields may be set, and {@link
     * RecordingResponse#replaceBy} called. What is thrown ends the request as if the handler had
     * thrown it.
     */
    void ended(Recording recording, RecordingResponse response) throws IOException;
  }

  /** A response whose body is held, up to {@code maxBytes}, until the handler is done. */
  public static RecordingResponse holding(
      HttpServletResponse response, Exchange exchange, int maxBytes, Ending ending) {
    return new RecordingResponse(response, exchange, maxBytes, true, ending);
  }

  /** A response that is recorded, up to {@code maxBytes}, while it goes to the client. */
  public static RecordingResponse passing(
      HttpServletResponse response, Exchange exchange, int maxBytes, Ending ending) {
    return new RecordingResponse(response, exchange, maxBytes, false, ending);
  }

  /**
   * Runs the rest of the chain with this response, and ends it unless async was started.
   *
   * @param owner the filter; {@link #resume} finds this response by it
   */
  public void run(Class<?> owner, HttpServletRequest request, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(attribute(owner), this);
    proceed(new RecordingRequest(request, this), this, chain);
  }

  /**
   * Continues on an async dispatch with the response that {@code owner} recorded before it, if it
   * did: then the chain has run when this returns true.
   */
  public static boolean resume(
      Class<?> owner, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request.getAttribute(attribute(owner)) instanceof RecordingResponse recording)) {
      return false;
    }
    recording.proceed(request, response, chain);
    return true;
  }

  private void proceed(HttpServletRequest request, HttpServletResponse given, FilterChain chain)
      throws IOException, ServletException {
    async = false;
    boolean returned = false;
    try {
      chain.doFilter(request, given);
      returned = true;
    } finally {
      if (!returned) {
        fail();
      }
    }
    if (!async) {
      finish();
    }
  }

  private static String attribute(Class<?> owner) {
    return RecordingResponse.class.getName() + "." + owner.getName();
  }

  /**
   * Replaces a held answer, from {@link Ending} only. The fields of the guards stay, those of the
   * handler go.
   *
   * @throws IllegalStateException if some of it has gone to the client
   */
  public void replaceBy(Recording.Complete other) {
    if (!holding || isCommitted()) {
      throw new IllegalStateException("some of the answer has gone to the client");
    }
    super.reset();
    before.forEach((name, values) -> RecordedResponse.set(response, name, values));
    RecordedResponse.setFields(response, other);
    body.clear();
    replacement = other.body();
  }

  /** Whether nothing has gone to the client yet, so that {@link #replaceBy} may be called. */
  public boolean isHeld() {
    return holding && !aborted && !response.isCommitted();
  }

  // How it ends

  void asyncStarted() {
    async = true;
  }

  /** The handler is done: reports, and then lets go what was held. */
  void finish() throws IOException {
    flushWriter();
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    atEnd = true;
    ending.ended(recording(), this);
    release(true);
    atEnd = false;
    closed = true;
  }

  /** As {@link #finish}, where nobody is left to catch what is thrown. */
  void finishAsync() {
    try {
      finish();
    } catch (IOException | RuntimeException e) {
      LOG.debug("async response could not be ended, exchange {}", exchange.id(), e);
      answerInstead(e);
    }
  }

  private void answerInstead(Exception thrown) {
    Problem problem =
        thrown instanceof ProblemException known
            ? known.problem()
            : Problem.of(ProblemType.INTERNAL_ERROR);
    drop();
    exchange.answeredWith(problem, thrown);
    if (response.isCommitted()) {
      return;
    }
    if (problem.status() >= 500) {
      LOG.error("async response failed at its end, exchange {}", exchange.id(), thrown);
    }
    try {
      ProblemResponse.write(response, problem, exchange.id());
    } catch (IOException e) {
      LOG.debug("client is gone, exchange {}", exchange.id(), e);
    }
  }

  /** The handler threw: whoever catches it answers, and what was held is dropped. */
  private void fail() throws IOException {
    drop();
    abort();
  }

  private void drop() {
    holding = false;
    dropping = true;
    closed = true;
  }

  /**
   * Timed out or failed while async. A listener of the handler may still answer, so what comes now
   * passes; it is not the answer that was to be recorded.
   */
  void abort() throws IOException {
    aborted = true;
    if (ended.compareAndSet(false, true)) {
      ending.ended(Incomplete.ABORTED, this);
    }
  }

  /** The container has completed an async response, perhaps behind the back of this one. */
  void completed() throws IOException {
    if (ended.compareAndSet(false, true)) {
      ending.ended(holding ? Incomplete.ABORTED : recording(), this);
    }
    closed = true;
  }

  private Recording recording() {
    if (aborted) {
      return Incomplete.ABORTED;
    }
    if (notRecordable) {
      return Incomplete.NOT_RECORDABLE;
    }
    if (body.overflown()) {
      return Incomplete.TOO_LARGE;
    }
    Map<String, List<String>> fields = fields();
    byte[] bytes = body.toBytes();
    if (isCutShort(fields, bytes.length)) {
      return Incomplete.ABORTED;
    }
    return new Recording.Complete(getStatus(), RecordedFields.added(before, fields), bytes);
  }

  // A handler may announce a length for HEAD or 304 and send nothing; otherwise the container will
  // break the connection.
  private boolean isCutShort(Map<String, List<String>> fields, int length) {
    List<String> announced = fields.getOrDefault("content-length", List.of());
    return !announced.isEmpty()
        && !exchange.method().equals("HEAD")
        && getStatus() != SC_NOT_MODIFIED
        && !announced.get(0).equals(Integer.toString(length));
  }

  private Map<String, List<String>> fields() {
    return RecordedFields.of(response.getHeaderNames(), response::getHeaders);
  }

  // What is written

  void write(byte[] from, int offset, int length) throws IOException {
    if (dropping || closed || length == 0) {
      return;
    }
    if (holding && !aborted && body.hasRoomFor(length)) {
      body.append(from, offset, length);
      return;
    }
    release(false);
    if (dropping) {
      return;
    }
    body.append(from, offset, length);
    try {
      response.getOutputStream().write(from, offset, length);
    } catch (IOException e) {
      aborted = true;
      throw e;
    }
  }

  /** Sends what was held; everything after it passes. */
  private void release(boolean whole) throws IOException {
    if (!holding) {
      return;
    }
    holding = false;
    // Committed though nothing was let go: somebody else answered, such as the problem filter.
    if (response.isCommitted()) {
      dropping = true;
      return;
    }
    byte[] bytes = replacement == null ? body.toBytes() : replacement;
    if (whole && bytes.length > 0 && !response.containsHeader("Content-Length")) {
      response.setContentLength(bytes.length);
    }
    if (bytes.length > 0) {
      response.getOutputStream().write(bytes);
    }
    if (getStatus() == SC_NOT_MODIFIED) {
      RecordedResponse.commit(response);
    } else if (closed) {
      response.getOutputStream().close();
    }
  }

  void flushStream() throws IOException {
    if (!holding && !dropping && !closed && !ended.get()) {
      response.getOutputStream().flush();
    }
  }

  void closeStream() throws IOException {
    if (!closed) {
      closed = true;
      if (!holding && !dropping) {
        response.getOutputStream().close();
      }
    }
  }

  boolean isStreamReady() {
    try {
      return holding || response.getOutputStream().isReady();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void setWriteListener(WriteListener listener) {
    try {
      release(false);
      response.getOutputStream().setWriteListener(new RecordingWriteListener(listener, this));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A non-blocking write failed: the body is not whole, whatever the handler does next. */
  void writeFailed() {
    aborted = true;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    // After the end either is harmless: what is written is dropped.
    if (writer != null && !closed) {
      throw new IllegalStateException("getWriter was called; reset() to use the stream instead");
    }
    RecordingStreamWrapper known = stream;
    if (known == null) {
      known = new RecordingStreamWrapper(this);
      stream = known;
    }
    return known;
  }

  @Override
  public PrintWriter getWriter() {
    PrintWriter known = writer;
    if (known == null) {
      if (stream != null && !closed) {
        throw new IllegalStateException(
            "getOutputStream was called; reset() to use the writer instead");
      }
      Charset charset = Charset.forName(getCharacterEncoding());
      if (!closed) {
        writerCharset = charset;
        pinCharset();
      }
      known =
          new PrintWriter(new OutputStreamWriter(new RecordingStreamWrapper(this), charset), false);
      writer = known;
    }
    return known;
  }

  private void flushWriter() {
    PrintWriter known = writer;
    if (known != null) {
      known.flush();
    }
  }

  @Override
  public void flushBuffer() throws IOException {
    flushWriter();
    if (dropping || refusing) {
      return;
    }
    release(false);
    super.flushBuffer();
  }

  @Override
  public boolean isCommitted() {
    return super.isCommitted() || (closed && !atEnd);
  }

  @Override
  public void resetBuffer() {
    checkNotCommitted("resetBuffer");
    super.resetBuffer();
    discard();
  }

  @Override
  public void reset() {
    checkNotCommitted("reset");
    super.reset();
    discard();
    writer = null;
    writerCharset = null;
    stream = null;
  }

  private void discard() {
    boolean dropped = dropping;
    // Characters that wait in the writer's encoder must not follow what comes now.
    dropping = true;
    flushWriter();
    dropping = dropped;
    body.clear();
  }

  private void checkNotCommitted(String what) {
    if (isCommitted()) {
      throw new IllegalStateException(what + " after the response was committed");
    }
  }

  // Errors and redirects

  @Override
  public void sendError(int status, @Nullable String message) throws IOException {
    sendError(status);
  }

  /** Answers with a problem as the problem filter does, so that it can be recorded. */
  @Override
  public void sendError(int status) throws IOException {
    checkNotCommitted("sendError");
    Problem problem = Problem.of(ProblemType.forStatus(status));
    exchange.answeredWith(problem, null);
    refusing = holding;
    try {
      ProblemResponse.write(this, problem, exchange.id());
    } finally {
      refusing = false;
    }
    closeStream();
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    sendRedirect(location, SC_FOUND, true);
  }

  /** As of Servlet 6.1. */
  public void sendRedirect(String location, int status) throws IOException {
    sendRedirect(location, status, true);
  }

  /** As of Servlet 6.1. */
  public void sendRedirect(String location, boolean clearBuffer) throws IOException {
    sendRedirect(location, SC_FOUND, clearBuffer);
  }

  /**
   * As of Servlet 6.1. The location stays as it was given: a relative one means the same to a
   * client, RFC 9110 section 10.2.2.
   */
  public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
    checkNotCommitted("sendRedirect");
    if (clearBuffer) {
      resetBuffer();
    }
    setStatus(status);
    setHeader("Location", location);
    flushWriter();
    closeStream();
  }

  @Override
  public void setTrailerFields(Supplier<Map<String, String>> supplier) {
    notRecordable = true;
    super.setTrailerFields(supplier);
  }

  // The charset that the writer has is the one that is announced, whatever is set after it

  @Override
  public void setCharacterEncoding(@Nullable String charset) {
    if (writer == null) {
      super.setCharacterEncoding(charset);
    }
  }

  /** As of Servlet 6.1. */
  public void setCharacterEncoding(@Nullable Charset charset) {
    setCharacterEncoding(charset == null ? null : charset.name());
  }

  @Override
  public void setContentType(@Nullable String type) {
    super.setContentType(type);
    pinCharset();
  }

  @Override
  public void setLocale(Locale locale) {
    super.setLocale(locale);
    pinCharset();
  }

  private void pinCharset() {
    Charset charset = writerCharset;
    String type = getContentType();
    if (charset == null) {
      return;
    }
    // JSON is UTF-8 and has no such parameter, RFC 8259 section 11.
    boolean json = type != null && type.toLowerCase(Locale.ROOT).contains("json");
    if (!json || !charset.equals(StandardCharsets.UTF_8)) {
      super.setCharacterEncoding(charset.name());
    }
  }
}
