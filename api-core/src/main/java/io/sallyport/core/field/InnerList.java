package io.sallyport.core.field;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A list within a list or a dictionary, RFC 9651 section 3.1.1; it holds items only. */
public record InnerList(List<Item> items, FieldParameters parameters) implements Member {
  public InnerList {
    items = List.copyOf(items);
    if (items.size() > StructuredField.MAX_INNER_ITEMS) {
      throw new IllegalArgumentException(
          "an inner list has at most "
              + StructuredField.MAX_INNER_ITEMS
              + " items, had "
              + items.size());
    }
    requireNonNull(parameters, "parameters");
  }

  /** {@code items} without parameters. */
  public static InnerList of(Item... items) {
    return new InnerList(List.of(items), FieldParameters.NONE);
  }
}
