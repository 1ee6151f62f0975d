package io.sallyport.core.field;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Members by key, in order, RFC 9651 section 3.2. */
public record FieldDictionary(Map<String, Member> members) implements StructuredField {
  public FieldDictionary {
    members = FieldParameters.copyOf(members, MAX_MEMBERS);
  }

  /**
   * Reads a field that is a dictionary. Of several members of one key the last one counts.
   *
   * @param lines the field's lines, in the order received; none at all is the empty dictionary
   * @throws MalformedFieldException if the field is not well-formed
   */
  public static FieldDictionary parse(List<String> lines) throws MalformedFieldException {
    return FieldParser.dictionary(lines);
  }

  /** The member of {@code key}, if it is there. */
  public Optional<Member> get(String key) {
    return Optional.ofNullable(members.get(key));
  }

  @Override
  public String serialise() {
    return new FieldSerialiser().dictionary(this).toString();
  }
}
