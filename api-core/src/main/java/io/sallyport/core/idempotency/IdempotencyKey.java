package io.sallyport.core.idempotency;

import io.sallyport.core.field.BareItem;
import io.sallyport.core.field.FieldParameters;
import io.sallyport.core.field.Item;
import io.sallyport.core.field.MalformedFieldException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The value of {@code Idempotency-Key}, draft-ietf-httpapi-idempotency-key-header-07 section 2.1: a
 * String of RFC 9651 section 3.3.3, of 1 to 255 characters, alone in a single field line.
 *
 * <p>Several lines, lists and parameters are refused: two readers would not agree on the key.
 *
 * @param value the characters, without quotes and escapes
 */
record IdempotencyKey(String value) {
  static final int MAX_LENGTH = 255;

  // With every character escaped, between quotes, and a little space around it.
  private static final int MAX_LINE = 2 * MAX_LENGTH + 2 + 16;

  // The characters of UUIDs, ULIDs, base64 in both alphabets, and the like. RFC 9651 section 4.2
  // discards SP alone; tabs are refused with whatever else is not a key.
  private static final Pattern BARE = Pattern.compile(" *+([A-Za-z0-9._~:/+=-]++) *+");

  /** The key in {@code lines}; empty where they hold none that is well-formed. */
  static Optional<IdempotencyKey> parse(List<String> lines, boolean bareAllowed) {
    if (lines.size() != 1 || lines.get(0).length() > MAX_LINE) {
      return Optional.empty();
    }
    Optional<String> value = quoted(lines);
    if (value.isEmpty() && bareAllowed) {
      value = Optional.of(BARE.matcher(lines.get(0))).filter(m -> m.matches()).map(m -> m.group(1));
    }
    return value
        .filter(text -> !text.isEmpty() && text.length() <= MAX_LENGTH)
        .map(IdempotencyKey::new);
  }

  private static Optional<String> quoted(List<String> lines) {
    try {
      Item item = Item.parse(lines);
      return item.value() instanceof BareItem.StringValue text
              && item.parameters().equals(FieldParameters.NONE)
          ? Optional.of(text.value())
          : Optional.empty();
    } catch (MalformedFieldException e) {
      // The client is told what a key is; where this one breaks off is of no use to it.
      return Optional.empty();
    }
  }

  /** Not the value: a key is as good as a ticket to its answer. */
  @Override
  public String toString() {
    return "IdempotencyKey of " + value.length() + " characters";
  }
}
