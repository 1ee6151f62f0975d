package io.sallyport.core.page;

import static java.util.Objects.requireNonNull;

/**
 * How many rows a list has, counted up to a bound, since counting all of a large table costs more
 * than any page of it.
 *
 * @param value the number of rows, or where it is not exact, one that there are more of
 * @param exact whether there are exactly that many
 */
public record Count(long value, boolean exact) {
  public Count {
    if (value < 0) {
      throw new IllegalArgumentException("value must not be negative, was " + value);
    }
  }

  /**
   * The statement that counts the rows of {@code from} up to one more than {@code most}, for
   * example of {@code "FROM invoices WHERE tenant_id = ?"}.
   *
   * @param from a constant of the program; values go into parameters
   */
  public static String sql(String from, int most) {
    return "SELECT count(*) FROM (SELECT 1 "
        + requireNonNull(from, "from")
        + " LIMIT "
        + (bounded(most) + 1L)
        + ") AS counted";
  }

  /** What {@link #sql} with {@code most} counted. */
  public static Count upTo(int most, long counted) {
    return new Count(Math.min(counted, bounded(most)), counted <= most);
  }

  private static int bounded(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most must be at least 1, was " + most);
    }
    return most;
  }
}
