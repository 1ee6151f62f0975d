package io.sallyport.core.problem;

import static java.util.Objects.requireNonNull;

/**
 * A response header field, RFC 9110 section 5. Refuses what could split a response.
 *
 * @param name a token
 * @param value visible ASCII, spaces and tabs
 */
public record HeaderField(String name, String value) {
  public HeaderField {
    if (!requireNonNull(name, "name").matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
      throw new IllegalArgumentException("name must be a token of RFC 9110");
    }
    for (int i = 0; i < requireNonNull(value, "value").length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c > 0x7e) {
        throw new IllegalArgumentException(
            "value of " + name + " must be visible ASCII, spaces and tabs");
      }
    }
  }
}
