package io.sallyport.core.regex;

/** Says what it is about a regular expression that nothing can be shown of it. */
final class NotAnalysableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  NotAnalysableException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
