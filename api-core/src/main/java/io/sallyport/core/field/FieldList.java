package io.sallyport.core.field;

import java.util.List;

/** A list, RFC 9651 section 3.1. */
public record FieldList(List<Member> members) implements StructuredField {
  public FieldList {
    members = List.copyOf(members);
    if (members.size() > MAX_MEMBERS) {
      throw new IllegalArgumentException(
          "a list has at most " + MAX_MEMBERS + " members, had " + members.size());
    }
  }

  /** A list of {@code members}. */
  public static FieldList of(Member... members) {
    return new FieldList(List.of(members));
  }

  /**
   * Reads a field that is a list.
   *
   * @param lines the field's lines, in the order received; none at all is the empty list
   * @throws MalformedFieldException if the field is not well-formed
   */
  public static FieldList parse(List<String> lines) throws MalformedFieldException {
    return FieldParser.list(lines);
  }

  @Override
  public String serialise() {
    return new FieldSerialiser().list(this).toString();
  }
}
