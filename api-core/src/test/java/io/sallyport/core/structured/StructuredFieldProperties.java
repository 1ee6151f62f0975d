package io.sallyport.core.structured;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.field.BareItem;
import io.sallyport.core.field.FieldDictionary;
import io.sallyport.core.field.FieldList;
import io.sallyport.core.field.FieldParameters;
import io.sallyport.core.field.InnerList;
import io.sallyport.core.field.Item;
import io.sallyport.core.field.MalformedFieldException;
import io.sallyport.core.field.Member;
import io.sallyport.core.field.StructuredField;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StructuredFieldProperties {
  private static final long MAX = BareItem.MAX_INTEGER;

  private interface Parser {
    StructuredField parse(List<String> lines) throws MalformedFieldException;
  }

  private static final List<Parser> PARSERS =
      List.of(Item::parse, FieldList::parse, FieldDictionary::parse);

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadAsTheSame(@ForAll("fields") StructuredField field)
      throws MalformedFieldException {
    List<String> lines = List.of(field.serialise());

    StructuredField read =
        field instanceof Item
            ? Item.parse(lines)
            : field instanceof FieldList ? FieldList.parse(lines) : FieldDictionary.parse(lines);

    assertThat(read).isEqualTo(field);
    assertThat(read.serialise()).isEqualTo(field.serialise());
  }

  @Property(tries = 2000)
  void randomBytesAreReadOrMalformedAndNothingElse(@ForAll byte[] bytes) {
    readAll(List.of(new String(bytes, StandardCharsets.ISO_8859_1)));
  }

  @Property(tries = 5000)
  void randomSequencesOfTokensAreReadOrMalformed(@ForAll("texts") List<String> lines) {
    readAll(lines);
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void aDamagedFieldIsReadOrMalformed(
      @ForAll("fields") StructuredField field, @ForAll int where, @ForAll char what) {
    String text = field.serialise();
    int at = Math.floorMod(where, text.length() + 1);
    readAll(List.of(text.substring(0, at)));
    readAll(List.of(text.substring(at)));
    readAll(List.of(text.substring(0, at) + what + text.substring(at)));
    readAll(List.of(text.substring(0, at), text.substring(at)));
  }

  /** Anything but a MalformedFieldException fails; and what was read is a fixed point. */
  private static void readAll(List<String> lines) {
    for (Parser parser : PARSERS) {
      try {
        String canonical = parser.parse(lines).serialise();
        assertThat(parser.parse(List.of(canonical)).serialise()).isEqualTo(canonical);
      } catch (MalformedFieldException e) {
        assertThat(e.offset()).isNotNegative();
      }
    }
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.of(
            "a",
            "a=",
            "1",
            "-",
            ".",
            "1.5",
            "\"",
            "\\",
            "\"b\"",
            ":",
            ":YQ==:",
            "?1",
            "?",
            "@",
            "@1",
            "%\"",
            "%c3%bc",
            "(",
            ")",
            " ",
            "\t",
            ",",
            ", ",
            ";",
            ";c",
            ";c=",
            "*",
            "\u0000",
            "ü",
            "999999999999999")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts))
        .list()
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<StructuredField> fields() {
    return Arbitraries.oneOf(
        items().map(StructuredField.class::cast),
        members().list().ofMaxSize(6).map(FieldList::new),
        Arbitraries.maps(keys(), members())
            .ofMaxSize(6)
            .map(all -> new FieldDictionary(new LinkedHashMap<>(all))));
  }

  private static Arbitrary<Member> members() {
    Arbitrary<Member> inner =
        Combinators.combine(items().list().ofMaxSize(4), parameters()).as(InnerList::new);
    return Arbitraries.oneOf(items().map(Member.class::cast), inner);
  }

  private static Arbitrary<Item> items() {
    return Combinators.combine(bareItems(), parameters()).as(Item::new);
  }

  private static Arbitrary<FieldParameters> parameters() {
    return Arbitraries.maps(keys(), bareItems())
        .ofMaxSize(3)
        .map(all -> new FieldParameters((Map<String, BareItem>) new LinkedHashMap<>(all)));
  }

  private static Arbitrary<String> keys() {
    return Combinators.combine(
            Arbitraries.chars().range('a', 'z').with('*'),
            Arbitraries.strings().withChars("abz019_-.*").ofMaxLength(6))
        .as((first, rest) -> first + rest);
  }

  private static Arbitrary<BareItem> bareItems() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(-MAX, MAX).map(BareItem.IntegerValue::new),
        Arbitraries.bigDecimals()
            .between(new BigDecimal("-999999999999"), new BigDecimal("999999999999"))
            .ofScale(5)
            .map(BareItem.DecimalValue::new),
        Arbitraries.strings()
            .withCharRange(' ', '~')
            .ofMaxLength(12)
            .map(BareItem.StringValue::new),
        Combinators.combine(
                Arbitraries.chars().alpha().with('*'),
                Arbitraries.strings()
                    .alpha()
                    .numeric()
                    .withChars("!#$%&'*+-.^_`|~:/")
                    .ofMaxLength(8))
            .as((first, rest) -> new BareItem.TokenValue(first + rest)),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(12).map(BareItem.ByteSequence::new),
        Arbitraries.of(true, false).map(BareItem.BooleanValue::new),
        Arbitraries.longs().between(-MAX, MAX).map(BareItem.DateValue::new),
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .list()
            .ofMaxSize(8)
            .map(
                points -> {
                  StringBuilder text = new StringBuilder();
                  points.forEach(text::appendCodePoint);
                  return new BareItem.DisplayString(text.toString());
                }));
  }
}
