package io.sallyport.core.page;

import io.sallyport.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in an order of rows, and which way to read from it. The row that was there need not exist
 * any more. Immutable.
 *
 * @param values the value of each column of the sort
 * @param backward whether the rows before it are asked for, rather than those after it
 * @param inclusive whether a row exactly there is asked for as well
 */
public record Position(List<@Nullable Object> values, boolean backward, boolean inclusive) {
  public Position {
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  static Position after(List<@Nullable Object> values) {
    return new Position(values, false, false);
  }

  static Position before(List<@Nullable Object> values) {
    return new Position(values, true, false);
  }

  /** All the rows that this position does not ask for. */
  Position complement() {
    return new Position(values, !backward, !inclusive);
  }

  /**
   * The value of column {@code index}.
   *
   * @throws ProblemException with {@code invalid-cursor} if it is of another type: the cursor was
   *     made before the type of the column changed
   */
  public <T> @Nullable T value(int index, Class<T> type) {
    Object value = values.get(index);
    if (value != null && !type.isInstance(value)) {
      throw new ProblemException(InvalidCursorException.PROBLEM);
    }
    return type.cast(value);
  }

  /** Which way it reads; never a value, which may be personal data. */
  @Override
  public String toString() {
    return (backward ? "before" : "after") + (inclusive ? " or at" : "") + " a position";
  }
}
