package io.sallyport.examples.reference.server;

import io.sallyport.core.problem.HeaderField;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemJson;
import io.sallyport.core.problem.ProblemType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Problems for what Jetty refuses before any filter runs, such as a broken request line: the same
 * media type and the same headers as everything else, and not a word about what was wrong.
 */
final class ContainerProblems extends ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerProblems.class);

  private static final ProblemType HTTP_VERSION_NOT_SUPPORTED =
      ProblemType.of("http-version-not-supported", 505, "HTTP version not supported");

  private final List<HeaderField> securityHeaders;

  ContainerProblems(List<HeaderField> securityHeaders) {
    this.securityHeaders = List.copyOf(securityHeaders);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String errorId = errorId();
    Problem problem = Problem.of(typeFor(response.getStatus()));
    response.setStatus(problem.status());
    if (request.getAttribute(ERROR_EXCEPTION) instanceof Throwable thrown
        && problem.status() == HttpStatus.INTERNAL_SERVER_ERROR_500) {
      LOG.error("{} before the filters, exchange {}", problem, errorId, thrown);
    } else {
      LOG.info("{} before the filters, exchange {}", problem, errorId);
    }
    byte[] body = describe(problem, errorId, response.getHeaders());
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static ProblemType typeFor(int status) {
    return status == HTTP_VERSION_NOT_SUPPORTED.status()
        ? HTTP_VERSION_NOT_SUPPORTED
        : ProblemType.forStatus(status);
  }

  private byte[] describe(Problem problem, String errorId, HttpFields.Mutable fields) {
    securityHeaders.forEach(field -> fields.put(field.name(), field.value()));
    fields.put(HttpHeader.CACHE_CONTROL, "no-store");
    fields.put(HttpHeader.CONTENT_TYPE, ProblemJson.MEDIA_TYPE);
    return ProblemJson.encode(problem, errorId);
  }

  private static String errorId() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
