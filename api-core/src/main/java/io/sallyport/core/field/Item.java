package io.sallyport.core.field;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/** A value with parameters, RFC 9651 section 3.3. */
public record Item(BareItem value, FieldParameters parameters) implements Member, StructuredField {
  public Item {
    requireNonNull(value, "value");
    requireNonNull(parameters, "parameters");
  }

  /**
   * Reads a field that is an item.
   *
   * @param lines the field's lines; one, since an item cannot be spread over several without
   *     becoming another value
   * @throws MalformedFieldException if the field is not well-formed, or absent
   */
  public static Item parse(List<String> lines) throws MalformedFieldException {
    if (lines.size() != 1) {
      throw new MalformedFieldException("an item has one line, not " + lines.size(), 0);
    }
    return FieldParser.item(lines);
  }

  /** {@code value} without parameters. */
  public static Item of(BareItem value) {
    return new Item(value, FieldParameters.NONE);
  }

  /** An Integer. */
  public static Item integer(long value) {
    return of(new BareItem.IntegerValue(value));
  }

  /** A String. */
  public static Item string(String value) {
    return of(new BareItem.StringValue(value));
  }

  /** A Token. */
  public static Item token(String value) {
    return of(new BareItem.TokenValue(value));
  }

  /** A Date, the second that {@code instant} is in. */
  public static Item date(Instant instant) {
    return of(BareItem.DateValue.of(instant));
  }

  /** This item with one more parameter, or with another value of {@code key} in its old place. */
  public Item with(String key, BareItem parameter) {
    return new Item(value, parameters.with(key, parameter));
  }

  /** This item with one more parameter, an Integer. */
  public Item with(String key, long parameter) {
    return with(key, new BareItem.IntegerValue(parameter));
  }

  @Override
  public String serialise() {
    return new FieldSerialiser().item(this).toString();
  }
}
