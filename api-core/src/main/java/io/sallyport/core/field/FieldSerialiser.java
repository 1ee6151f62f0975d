package io.sallyport.core.field;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Writes structured fields in their canonical form, RFC 9651 section 4.1. Used once. */
final class FieldSerialiser {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(64);

  FieldSerialiser list(FieldList list) {
    String separator = "";
    for (Member member : list.members()) {
      out.append(separator);
      member(member);
      separator = ", ";
    }
    return this;
  }

  FieldSerialiser dictionary(FieldDictionary dictionary) {
    String separator = "";
    for (Map.Entry<String, Member> entry : dictionary.members().entrySet()) {
      out.append(separator).append(entry.getKey());
      if (entry.getValue() instanceof Item item && isTrue(item.value())) {
        parameters(item.parameters());
      } else {
        out.append('=');
        member(entry.getValue());
      }
      separator = ", ";
    }
    return this;
  }

  FieldSerialiser item(Item item) {
    bareItem(item.value());
    parameters(item.parameters());
    return this;
  }

  private void member(Member member) {
    if (member instanceof Item item) {
      item(item);
    } else if (member instanceof InnerList inner) {
      innerList(inner);
    }
  }

  private void innerList(InnerList inner) {
    String separator = "(";
    for (Item item : inner.items()) {
      out.append(separator);
      item(item);
      separator = " ";
    }
    out.append(inner.items().isEmpty() ? "()" : ")");
    parameters(inner.parameters());
  }

  private void parameters(FieldParameters parameters) {
    for (Map.Entry<String, BareItem> entry : parameters.all().entrySet()) {
      out.append(';').append(entry.getKey());
      if (!isTrue(entry.getValue())) {
        out.append('=');
        bareItem(entry.getValue());
      }
    }
  }

  private static boolean isTrue(BareItem item) {
    return item instanceof BareItem.BooleanValue truth && truth.value();
  }

  private void bareItem(BareItem item) {
    if (item instanceof BareItem.IntegerValue integer) {
      out.append(integer.value());
    } else if (item instanceof BareItem.DecimalValue decimal) {
      out.append(decimal.value().toPlainString());
    } else if (item instanceof BareItem.StringValue string) {
      string(string.value());
    } else if (item instanceof BareItem.TokenValue token) {
      out.append(token.value());
    } else if (item instanceof BareItem.ByteSequence sequence) {
      out.append(':').append(Base64.getEncoder().encodeToString(sequence.bytes())).append(':');
    } else if (item instanceof BareItem.BooleanValue truth) {
      out.append(truth.value() ? "?1" : "?0");
    } else if (item instanceof BareItem.DateValue date) {
      out.append('@').append(date.epochSecond());
    } else if (item instanceof BareItem.DisplayString text) {
      displayString(text.value());
    }
  }

  private void string(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c);
    }
    out.append('"');
  }

  private void displayString(String value) {
    out.append("%\"");
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c == '%' || c == '"' || !FieldChars.isVisible(c)) {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
