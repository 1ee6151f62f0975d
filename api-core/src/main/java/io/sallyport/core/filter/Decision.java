package io.sallyport.core.filter;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.problem.HeaderField;
import io.sallyport.core.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Guard} decides about a request: it passes, it is answered at once, or it is refused
 * with a problem. Immutable. There is no fourth: a guard that cannot decide throws, and is refused.
 */
public final class Decision {
  private static final Decision PASS = new Decision("pass", null, 0, List.of(), null);

  private final String reason;
  private final @Nullable Problem problem;
  private final int status;
  private final List<HeaderField> headers;
  private final @Nullable HttpServletRequest replacement;

  private Decision(
      String reason,
      @Nullable Problem problem,
      int status,
      List<HeaderField> headers,
      @Nullable HttpServletRequest replacement) {
    this.reason = reason;
    this.problem = problem;
    this.status = status;
    this.headers = headers;
    this.replacement = replacement;
  }

  /** The request may go on. */
  public static Decision pass() {
    return PASS;
  }

  /** The request is answered with {@code status}, 200 to 399, and no body. */
  public static Decision answer(int status) {
    if (status < 200 || status > 399) {
      throw new IllegalArgumentException("status must be 200 to 399, was " + status);
    }
    return new Decision("answered", null, status, List.of(), null);
  }

  /** The request is refused. */
  public static Decision refuse(Problem problem) {
    return new Decision(problem.type().code(), problem, 0, List.of(), null);
  }

  /** This decision under a reason code for logs and metrics: lower-case words and hyphens. */
  public Decision because(String code) {
    return new Decision(requireNonNull(code, "code"), problem, status, headers, replacement);
  }

  /**
   * This decision with a header field on the response, whatever its status. It replaces a field of
   * the same name; {@code Vary} and {@code Link} are added to what is there.
   */
  public Decision header(String name, String value) {
    return header(new HeaderField(name, value));
  }

  /**
   * This decision with {@code field} on the response, as {@link #header(String, String)} has it.
   */
  public Decision header(HeaderField field) {
    return new Decision(reason, problem, status, headersAnd(field), replacement);
  }

  /** This decision, where the guards and the handler after it see {@code request} instead. */
  public Decision request(HttpServletRequest request) {
    return new Decision(reason, problem, status, headers, requireNonNull(request, "request"));
  }

  /** Whether the request is refused. */
  public boolean refused() {
    return problem != null;
  }

  /** Whether the request is answered at once. */
  public boolean answered() {
    return status != 0;
  }

  /** The reason code. */
  public String reason() {
    return reason;
  }

  /** The problem of a refusal, {@code null} otherwise. */
  public @Nullable Problem problem() {
    return problem;
  }

  // The one or two fields of an ordinary request take no growing list.
  private List<HeaderField> headersAnd(HeaderField field) {
    if (headers.isEmpty()) {
      return List.of(field);
    }
    if (headers.size() == 1) {
      return List.of(headers.get(0), field);
    }
    List<HeaderField> more = new ArrayList<>(headers);
    more.add(field);
    return more;
  }

  int status() {
    return status;
  }

  List<HeaderField> headers() {
    return headers;
  }

  HttpServletRequest requestOr(HttpServletRequest request) {
    return replacement == null ? request : replacement;
  }
}
