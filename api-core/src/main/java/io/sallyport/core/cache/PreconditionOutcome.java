package io.sallyport.core.cache;

/** What the conditions of a request ask for. */
public enum PreconditionOutcome {
  /** They hold, or there are none: go on. */
  PROCEED,
  /** The client has the current representation: 304. */
  NOT_MODIFIED,
  /** They do not hold: 412, and nothing may be changed. */
  FAILED
}
