package io.sallyport.core.page;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * One column of a {@link Sort}, under the name that the API gives it.
 *
 * @param name a letter, then up to 63 letters, digits and underscores
 * @param descending whether the greatest value comes first
 * @param nulls where rows without a value come
 */
public record SortColumn(String name, boolean descending, Nulls nulls) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

  public SortColumn {
    if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
      throw new IllegalArgumentException(
          "column must be a letter, then up to 63 letters, digits and underscores, was \""
              + name
              + "\"; name it as the API does, and give the SQL name to the Keyset");
    }
    requireNonNull(nulls, "nulls");
  }

  /** The column that {@code text} names, {@code issuedAt} or {@code -issuedAt}, without nulls. */
  static SortColumn parse(String text) {
    boolean descending = requireNonNull(text, "text").startsWith("-");
    return new SortColumn(descending ? text.substring(1) : text, descending, Nulls.NONE);
  }

  /** Whether rows may have no value in this column. */
  public boolean nullable() {
    return nulls != Nulls.NONE;
  }

  SortColumn reversed() {
    return new SortColumn(name, !descending, nulls.reversed());
  }

  /** The column as declared, such as {@code -issuedAt}. */
  @Override
  public String toString() {
    return (descending ? "-" : "") + name;
  }
}
