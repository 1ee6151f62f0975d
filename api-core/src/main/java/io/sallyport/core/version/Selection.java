package io.sallyport.core.version;

/** Which version a request means. */
sealed interface Selection {
  /**
   * One that is declared.
   *
   * @param mediaType what the answer is to be sent as; empty where the path tells the version
   */
  record Chosen(Version version, String mediaType) implements Selection {}

  /** None that is declared, and no fallback. */
  record None() implements Selection {}

  /** An {@code Accept} field that cannot be read. */
  record Malformed() implements Selection {}
}
