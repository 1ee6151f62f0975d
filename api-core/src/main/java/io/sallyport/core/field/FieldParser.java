package io.sallyport.core.field;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads structured fields by the algorithms of RFC 9651 section 4.2, and nothing more lenient.
 *
 * <p>A field is read once from left to right, without recursion: the grammar nests two deep. Its
 * length bounds what a key, a string or a sequence can hold.
 */
final class FieldParser {
  private static final char END = '\0';
  private static final int MAX_INTEGER_DIGITS = 15;
  private static final int MAX_DECIMAL_LENGTH = 16;
  private static final int MAX_DIGITS_BEFORE_POINT = 12;
  private static final int MAX_DIGITS_AFTER_POINT = 3;

  private final String input;
  private int at;

  private FieldParser(String input) {
    this.input = input;
  }

  static Item item(List<String> lines) throws MalformedFieldException {
    FieldParser parser = begin(lines);
    Item item = parser.item();
    parser.end();
    return item;
  }

  static FieldList list(List<String> lines) throws MalformedFieldException {
    FieldParser parser = begin(lines);
    List<Member> members = new ArrayList<>();
    while (parser.hasMore()) {
      if (members.size() == StructuredField.MAX_MEMBERS) {
        throw parser.malformed("a list has too many members");
      }
      members.add(parser.member());
      parser.separator();
    }
    return new FieldList(members);
  }

  static FieldDictionary dictionary(List<String> lines) throws MalformedFieldException {
    FieldParser parser = begin(lines);
    Map<String, Member> members = new LinkedHashMap<>();
    while (parser.hasMore()) {
      String key = parser.key();
      // Overwriting keeps the place of the first and the value of the last, as the RFC has it.
      members.put(key, parser.memberOfKey());
      if (members.size() > StructuredField.MAX_MEMBERS) {
        throw parser.malformed("a dictionary has too many members");
      }
      parser.separator();
    }
    return new FieldDictionary(members);
  }

  private static FieldParser begin(List<String> lines) throws MalformedFieldException {
    FieldParser parser = new FieldParser(joined(lines));
    parser.skipSpaces();
    return parser;
  }

  private static String joined(List<String> lines) throws MalformedFieldException {
    long length = lines.stream().mapToLong(line -> line.length() + 2L).sum() - 2;
    if (length > StructuredField.MAX_LENGTH) {
      throw new MalformedFieldException("the field is too long", StructuredField.MAX_LENGTH);
    }
    return lines.size() == 1 ? lines.get(0) : String.join(", ", lines);
  }

  private void end() throws MalformedFieldException {
    skipSpaces();
    if (hasMore()) {
      throw malformed("nothing may follow");
    }
  }

  /** After a member: the end of the field, or a comma with another member behind it. */
  private void separator() throws MalformedFieldException {
    skipOptionalWhitespace();
    if (!hasMore()) {
      return;
    }
    expect(',');
    skipOptionalWhitespace();
    if (!hasMore()) {
      throw malformed("a member must follow a comma");
    }
  }

  private Member memberOfKey() throws MalformedFieldException {
    if (skip('=')) {
      return member();
    }
    return new Item(BareItem.BooleanValue.TRUE, parameters());
  }

  private Member member() throws MalformedFieldException {
    return peek() == '(' ? innerList() : item();
  }

  private InnerList innerList() throws MalformedFieldException {
    expect('(');
    List<Item> items = new ArrayList<>();
    while (hasMore()) {
      skipSpaces();
      if (skip(')')) {
        return new InnerList(items, parameters());
      }
      if (items.size() == StructuredField.MAX_INNER_ITEMS) {
        throw malformed("an inner list has too many items");
      }
      items.add(item());
      if (peek() != ' ' && peek() != ')') {
        throw malformed("a space or ) must follow an item of an inner list");
      }
    }
    throw malformed("an inner list must end");
  }

  private Item item() throws MalformedFieldException {
    BareItem value = bareItem();
    return new Item(value, parameters());
  }

  private FieldParameters parameters() throws MalformedFieldException {
    if (peek() != ';') {
      return FieldParameters.NONE;
    }
    Map<String, BareItem> parameters = new LinkedHashMap<>();
    while (skip(';')) {
      skipSpaces();
      String key = key();
      BareItem value = skip('=') ? bareItem() : BareItem.BooleanValue.TRUE;
      parameters.put(key, value);
      if (parameters.size() > StructuredField.MAX_PARAMETERS) {
        throw malformed("there are too many parameters");
      }
    }
    return new FieldParameters(parameters);
  }

  private String key() throws MalformedFieldException {
    if (!hasMore() || !FieldChars.startsKey(peek())) {
      throw malformed("a key must begin with a lower-case letter or *");
    }
    int start = at;
    while (hasMore() && FieldChars.inKey(peek())) {
      at++;
    }
    return input.substring(start, at);
  }

  private BareItem bareItem() throws MalformedFieldException {
    char c = peek();
    if (c == '-' || FieldChars.isDigit(c)) {
      return number();
    } else if (FieldChars.startsToken(c)) {
      return token();
    }
    return switch (c) {
      case '"' -> string();
      case ':' -> byteSequence();
      case '?' -> truth();
      case '@' -> date();
      case '%' -> displayString();
      default -> throw malformed("an item must begin here");
    };
  }

  private BareItem number() throws MalformedFieldException {
    int start = at;
    skip('-');
    int first = at;
    if (!FieldChars.isDigit(peek())) {
      throw malformed("a number must have a digit here");
    }
    int point = -1;
    for (; hasMore(); at++) {
      char c = peek();
      if (c == '.' && point < 0) {
        if (at - first > MAX_DIGITS_BEFORE_POINT) {
          throw malformed("a Decimal has too many digits before the point");
        }
        point = at;
      } else if (!FieldChars.isDigit(c)) {
        break;
      }
      if (at - first >= (point < 0 ? MAX_INTEGER_DIGITS : MAX_DECIMAL_LENGTH)) {
        throw malformed("a number has too many digits");
      }
    }
    String digits = input.substring(start, at);
    if (point < 0) {
      return new BareItem.IntegerValue(Long.parseLong(digits));
    }
    int after = at - point - 1;
    if (after == 0 || after > MAX_DIGITS_AFTER_POINT) {
      throw malformed("a Decimal has one to three digits after the point");
    }
    return new BareItem.DecimalValue(new BigDecimal(digits));
  }

  private BareItem string() throws MalformedFieldException {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (hasMore()) {
      char c = input.charAt(at++);
      if (c == '"') {
        return new BareItem.StringValue(value.toString());
      }
      if (c == '\\') {
        c = peek();
        if (c != '"' && c != '\\') {
          throw malformed("only a quote or a backslash may be escaped");
        }
        at++;
      } else if (!FieldChars.isVisible(c)) {
        throw malformed("a String holds visible ASCII and spaces");
      }
      value.append(c);
    }
    throw malformed("a String must end in a quote");
  }

  private BareItem token() {
    int start = at;
    while (hasMore() && FieldChars.inToken(peek())) {
      at++;
    }
    return new BareItem.TokenValue(input.substring(start, at));
  }

  private BareItem byteSequence() throws MalformedFieldException {
    expect(':');
    int start = at;
    while (hasMore() && FieldChars.inBase64(peek())) {
      at++;
    }
    String encoded = input.substring(start, at);
    expect(':');
    try {
      // Java's decoder does without padding and ignores pad bits, both as section 4.2.7 advises.
      return new BareItem.ByteSequence(Base64.getDecoder().decode(encoded));
    } catch (IllegalArgumentException e) {
      throw malformed("a Byte Sequence must be base64");
    }
  }

  private BareItem truth() throws MalformedFieldException {
    expect('?');
    if (skip('1')) {
      return BareItem.BooleanValue.TRUE;
    }
    expect('0');
    return new BareItem.BooleanValue(false);
  }

  private BareItem date() throws MalformedFieldException {
    expect('@');
    if (number() instanceof BareItem.IntegerValue seconds) {
      return new BareItem.DateValue(seconds.value());
    }
    throw malformed("a Date has no fraction");
  }

  private BareItem displayString() throws MalformedFieldException {
    expect('%');
    expect('"');
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (hasMore()) {
      char c = input.charAt(at++);
      if (c == '"') {
        return new BareItem.DisplayString(utf8(bytes.toByteArray()));
      } else if (!FieldChars.isVisible(c)) {
        throw malformed("a Display String holds visible ASCII, spaces and escapes");
      }
      bytes.write(c == '%' ? escaped() : c);
    }
    throw malformed("a Display String must end in a quote");
  }

  private int escaped() throws MalformedFieldException {
    int high = at + 1 < input.length() ? FieldChars.lowerHex(input.charAt(at)) : -1;
    int low = at + 1 < input.length() ? FieldChars.lowerHex(input.charAt(at + 1)) : -1;
    if (high < 0 || low < 0) {
      throw malformed("an escape has two lower-case hexadecimal digits");
    }
    at += 2;
    return high << 4 | low;
  }

  private String utf8(byte[] bytes) throws MalformedFieldException {
    try {
      // A new decoder reports malformed input; String's constructor would replace it instead.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw malformed("a Display String must be UTF-8");
    }
  }

  private boolean hasMore() {
    return at < input.length();
  }

  /** The next character; at the end one that nothing in the grammar takes. */
  private char peek() {
    return at < input.length() ? input.charAt(at) : END;
  }

  private boolean skip(char expected) {
    boolean there = peek() == expected;
    if (there) {
      at++;
    }
    return there;
  }

  private void expect(char expected) throws MalformedFieldException {
    if (!skip(expected)) {
      throw malformed("must have " + expected + " here");
    }
  }

  private void skipSpaces() {
    while (peek() == ' ') {
      at++;
    }
  }

  private void skipOptionalWhitespace() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  private MalformedFieldException malformed(String rule) {
    return new MalformedFieldException(rule, at);
  }
}
