package io.sallyport.core.problem;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem as the client sees it, RFC 9457. Immutable.
 *
 * <p>Everything in it is public: put no exception text, no key id and no claim into it.
 */
public final class Problem {
  private final ProblemType type;
  private final @Nullable String detail;
  private final List<Violation> violations;
  private final List<HeaderField> headers;

  private Problem(
      ProblemType type,
      @Nullable String detail,
      List<Violation> violations,
      List<HeaderField> headers) {
    this.type = requireNonNull(type, "type");
    this.detail = detail;
    this.violations = violations;
    this.headers = headers;
  }

  /** A problem of {@code type} and nothing more. */
  public static Problem of(ProblemType type) {
    return new Problem(type, null, List.of(), List.of());
  }

  /** This problem with a sentence for people that is safe to show to any client. */
  public Problem detail(String sentence) {
    return new Problem(type, requireNonNull(sentence, "sentence"), violations, headers);
  }

  /** This problem with the rules that the input breaks. */
  public Problem violations(List<Violation> broken) {
    return new Problem(type, detail, List.copyOf(broken), headers);
  }

  /** This problem with one more response header field, such as {@code Retry-After}. */
  public Problem header(String name, String value) {
    List<HeaderField> more = new ArrayList<>(headers);
    more.add(new HeaderField(name, value));
    return new Problem(type, detail, violations, List.copyOf(more));
  }

  /** The type. */
  public ProblemType type() {
    return type;
  }

  /** The HTTP status. */
  public int status() {
    return type.status();
  }

  /** The sentence for people; {@code null} when there is none. */
  public @Nullable String detail() {
    return detail;
  }

  /** The rules that the input breaks; empty when that is not the problem. */
  public List<Violation> violations() {
    return violations;
  }

  /** Header fields to answer with, in order. */
  public List<HeaderField> headers() {
    return headers;
  }

  @Override
  public String toString() {
    return type.status() + " " + type.code();
  }
}
