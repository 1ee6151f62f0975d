package io.sallyport.core.idempotency;

import java.util.Set;

/** What the status of an answer says about the operation behind it. */
enum Outcome {
  /** It is over, and its answer is the answer to its key. */
  COMPLETED,
  /** It was refused, and nothing was done: the key is not used up. */
  RELEASED,
  /** It failed, and may have been done, or in part. */
  UNCERTAIN;

  // The request was refused for what it is, who sends it or when it comes, and can be corrected or
  // repeated. The other client errors tell the state of something, after the handler looked or even
  // acted: 402 of a payment that was tried. To run those again could repeat an effect.
  private static final Set<Integer> REFUSED =
      Set.of(
          400, 401, 403, 405, 406, 407, 408, 411, 412, 413, 414, 415, 416, 417, 421, 422, 425, 426,
          428, 429, 431, 501, 503, 505);

  static Outcome ofStatus(int status) {
    if (REFUSED.contains(status)) {
      return RELEASED;
    }
    return status >= 500 ? UNCERTAIN : COMPLETED;
  }
}
