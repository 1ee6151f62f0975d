package io.sallyport.core.describe;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * One answer that is no problem.
 *
 * @param status its status, below 400
 * @param text what it means
 * @param body its body, if it has one
 * @param headers header fields of its own
 */
public record AnswerDescription(
    int status, String text, Optional<BodyDescription> body, List<HeaderDescription> headers) {
  public AnswerDescription {
    if (status < 200 || status > 399) {
      throw new IllegalArgumentException(
          "status must be 200 to 399, was " + status + "; what is above is a problem");
    }
    requireNonNull(text, "text");
    requireNonNull(body, "body");
    headers = List.copyOf(headers);
  }

  /** An answer without a body. */
  public static AnswerDescription of(int status, String text) {
    return new AnswerDescription(status, text, Optional.empty(), List.of());
  }
}
