package io.sallyport.core.page;

/** Where a sort puts the rows that have no value in a column. */
public enum Nulls {
  /** The column always has a value. */
  NONE,
  /** Before all values. */
  FIRST,
  /** After all values. */
  LAST;

  /** The place when the order is read from its end. */
  Nulls reversed() {
    return this == FIRST ? LAST : this == LAST ? FIRST : NONE;
  }
}
