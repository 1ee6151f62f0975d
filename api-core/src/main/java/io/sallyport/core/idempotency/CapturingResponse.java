package io.sallyport.core.idempotency;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.problem.HeaderField;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemResponse;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response that does not leave before its operation is settled, so that no client is told what
 * the records do not know. Status and header fields go through to the response behind; the body is
 * kept, up to a bound.
 */
final class CapturingResponse extends HttpServletResponseWrapper {
  private final HttpServletResponse client;
  private final Exchange exchange;
  // What guards before this one have set: theirs, and set anew when an answer is replayed.
  private final Map<String, List<String>> before;
  private final CapturingStreamWrapper stream;
  private @Nullable PrintWriter writer;
  private boolean streamAsked;
  private int status = SC_OK;
  private volatile boolean abandoned;

  CapturingResponse(
      HttpServletResponse client, Exchange exchange, int maxBytes, boolean mayPassOn) {
    super(client);
    this.client = client;
    this.exchange = exchange;
    this.before = headersOf(client);
    this.stream = new CapturingStreamWrapper(client, maxBytes, mayPassOn);
  }

  private static Map<String, List<String>> headersOf(HttpServletResponse response) {
    Map<String, List<String>> fields = new HashMap<>();
    for (String name : response.getHeaderNames()) {
      fields.put(name.toLowerCase(Locale.ROOT), List.copyOf(response.getHeaders(name)));
    }
    return fields;
  }

  @Override
  public void setStatus(int code) {
    status = code;
    if (!abandoned) {
      super.setStatus(code);
    }
  }

  /**
   * The status as the handler set it; the response behind may belong to another exchange by now.
   */
  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (writer != null) {
      throw new IllegalStateException("getWriter was called before");
    }
    streamAsked = true;
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (streamAsked) {
      throw new IllegalStateException("getOutputStream was called before");
    }
    if (writer == null && abandoned) {
      writer = new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    } else if (writer == null) {
      String charset = getCharacterEncoding();
      if (!isJson(getContentType())) {
        // Named in the content type, as a container does; JSON has but one charset.
        setCharacterEncoding(charset);
      }
      writer = new PrintWriter(new OutputStreamWriter(stream, charset));
    }
    return writer;
  }

  private static boolean isJson(@Nullable String contentType) {
    return contentType != null
        && (contentType.startsWith("application/json") || contentType.contains("+json"));
  }

  /** Keeps on to what there is: nothing leaves before the operation is settled. */
  @Override
  public void flushBuffer() throws IOException {
    flushWriter();
    stream.flush();
  }

  @Override
  public boolean isCommitted() {
    return stream.isPassedOn() || stream.isClosed() || super.isCommitted();
  }

  @Override
  public void reset() {
    stream.clear();
    super.reset();
    status = SC_OK;
    writer = null;
    streamAsked = false;
  }

  @Override
  public void resetBuffer() {
    flushWriter();
    stream.clear();
    super.resetBuffer();
  }

  /** Answers with a problem, as the problem filter does; the message may leak, and is dropped. */
  @Override
  public void sendError(int code, String message) throws IOException {
    sendError(code);
  }

  @Override
  public void sendError(int code) throws IOException {
    if (isCommitted()) {
      throw new IllegalStateException("sendError after the response was committed");
    }
    answer(Problem.of(ProblemType.forStatus(code)), null);
  }

  /** Makes {@code problem} the whole answer. */
  void answer(Problem problem, @Nullable Throwable cause) throws IOException {
    exchange.answeredWith(problem, cause);
    ProblemResponse.write(this, problem, exchange.id());
    stream.close();
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    sendRedirect(location, SC_FOUND, true);
  }

  /** Of Servlet 6.1, which this is not compiled against: it would go past the capture. */
  public void sendRedirect(String location, int code, boolean clearBuffer) throws IOException {
    if (isCommitted()) {
      throw new IllegalStateException("sendRedirect after the response was committed");
    }
    if (clearBuffer) {
      resetBuffer();
    }
    setStatus(code);
    setHeader("Location", location);
    flushWriter();
    stream.close();
  }

  /** Whether part of the body has left. */
  boolean isPassedOn() {
    return stream.isPassedOn();
  }

  /** The handler has returned, and the request goes on without it. */
  void dispatchEnded() {
    stream.dispatchEnded();
  }

  /** The client is answered without the handler, which may still go on, into nowhere. */
  void abandon() {
    abandoned = true;
    stream.abandon();
  }

  /** The answer as it can be given again; empty if it cannot, in full. */
  Optional<StoredResponse> toStored() {
    flushWriter();
    if (stream.isPassedOn()) {
      return Optional.empty();
    }
    List<HeaderField> fields = new ArrayList<>();
    try {
      for (String name : getHeaderNames()) {
        List<String> values = List.copyOf(getHeaders(name));
        if (isOfTheAnswer(name, values)) {
          values.forEach(value -> fields.add(new HeaderField(name, value)));
        }
      }
      if (getContentType() != null) {
        fields.add(new HeaderField("Content-Type", getContentType()));
      }
    } catch (IllegalArgumentException e) {
      // A field that is not ASCII. To leave it out would be another answer.
      return Optional.empty();
    }
    return Optional.of(StoredResponse.trusted(status, List.copyOf(fields), stream.bytes()));
  }

  private boolean isOfTheAnswer(String name, List<String> values) {
    String lower = name.toLowerCase(Locale.ROOT);
    return StoredResponse.mayBeStored(lower)
        && !lower.equals("content-type")
        && !values.equals(before.get(lower));
  }

  /** Lets the body go. */
  void send() throws IOException {
    flushWriter();
    stream.release();
  }

  /**
   * Drops what the handler made of the response, to answer with something else.
   *
   * @return the response as it was before the handler
   */
  HttpServletResponse discarded() {
    client.reset();
    before.forEach(
        (name, values) -> {
          client.setHeader(name, values.get(0));
          values.stream().skip(1).forEach(value -> client.addHeader(name, value));
        });
    return client;
  }

  private void flushWriter() {
    if (writer != null) {
      writer.flush();
    }
  }
}
