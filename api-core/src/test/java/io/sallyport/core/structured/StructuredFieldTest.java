package io.sallyport.core.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.field.BareItem;
import io.sallyport.core.field.BareItem.ByteSequence;
import io.sallyport.core.field.BareItem.DateValue;
import io.sallyport.core.field.BareItem.DecimalValue;
import io.sallyport.core.field.BareItem.DisplayString;
import io.sallyport.core.field.BareItem.IntegerValue;
import io.sallyport.core.field.BareItem.StringValue;
import io.sallyport.core.field.BareItem.TokenValue;
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
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredFieldTest {
  private static final String LONGEST_INTEGER = "999999999999999";

  // Items, section 4.2.3: what is read, and its canonical form.

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "42→42",
        "0→0",
        "-0→0",
        "00→0",
        "-042→-42",
        "007→7",
        "999999999999999→999999999999999",
        "-999999999999999→-999999999999999",
        "  1  →1",
        "1.0→1.0",
        "1.10→1.1",
        "1.123→1.123",
        "-1.500→-1.5",
        "-0.0→0.0",
        "000000000001.5→1.5",
        "999999999999.999→999999999999.999",
        "\"foo bar\"→\"foo bar\"",
        "\"\"→\"\"",
        "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"→\"8e03978e-40d5-43dd-bc93-6894a57f9324\"",
        "\"a\\\"b\\\\c\"→\"a\\\"b\\\\c\"",
        "\"%'*:;,()\"→\"%'*:;,()\"",
        "a→a",
        "A→A",
        "*→*",
        "*a!#$%&'*+-.^_`|~:/0→*a!#$%&'*+-.^_`|~:/0",
        "text/html→text/html",
        ":aGVsbG8=:→:aGVsbG8=:",
        ":aGVsbG8:→:aGVsbG8=:",
        "::→::",
        ":iZ==:→:iQ==:",
        ":/+Ah:→:/+Ah:",
        "?1→?1",
        "?0→?0",
        "@0→@0",
        "@1659578233→@1659578233",
        "@-62135596800→@-62135596800",
        "@253402214400→@253402214400",
        "%\"f%c3%bc%c3%bc\"→%\"f%c3%bc%c3%bc\"",
        "%\"\"→%\"\"",
        "%\"%25%22 %20\\\"→%\"%25%22  \\\"",
        "%\"%41\"→%\"A\"",
        "%\"%f0%9f%98%80\"→%\"%f0%9f%98%80\"",
        "%\"%00%7f\"→%\"%00%7f\"",
        "%\"BOM: %ef%bb%bf\"→%\"BOM: %ef%bb%bf\"",
        "1;a→1;a",
        "1;a=?1→1;a",
        "1;a=?0→1;a=?0",
        "1; a=1;  b=2→1;a=1;b=2",
        "1;a=1;b=2;a=3→1;a=3;b=2",
        "1;*a_-.9*=x→1;*a_-.9*=x",
        "abc;d=\"e;f=g\";h=:AQ==:;i=@1;j=1.5;k=%\"l\";m=n→abc;d=\"e;f=g\";h=:AQ==:;i=@1;j=1.5;k=%\"l\";m=n",
      })
  void anItemIsReadAndWrittenInItsCanonicalForm(String raw, String canonical)
      throws MalformedFieldException {
    assertThat(Item.parse(List.of(raw)).serialise()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\t1",
        "1\t",
        "1 2",
        "1,2",
        "1,",
        "(1)",
        // Numbers.
        "-",
        "--1",
        "+1",
        "- 1",
        "-a",
        "1-",
        "1000000000000000",
        "-1000000000000000",
        "0000000000000001",
        "1.",
        ".1",
        "-.1",
        "1..2",
        "1.2.3",
        "1.1234",
        "1234567890123.1",
        "1234567890123.",
        "0000000000000.1",
        "1e3",
        "1.5e3",
        "0x10",
        "１",
        "1.٣",
        // Strings.
        "\"",
        "\"a",
        "a\"",
        "'a'",
        "\"a\\",
        "\"a\\\"",
        "\"\\n\"",
        "\"\\ \"",
        "\"\t\"",
        "\"\n\"",
        "\"\u0000\"",
        "\"\u007f\"",
        "\"\u0080\"",
        "\"ü\"",
        "\"a\" \"b\"",
        "\"a\"b",
        // Tokens.
        "a b",
        "!a",
        "/a",
        "a\"",
        "a,b",
        "a(b",
        "a@b",
        "ä",
        "aä",
        "{a}",
        // Byte sequences.
        ":",
        ":aGVsbG8=",
        "aGVsbG8=:",
        ":aGVsb G8=:",
        ":aGVsbG!8=:",
        ":aGVsbG8-:",
        ":aGVsbG8_:",
        ":=:",
        ":=aGVsbG8=:",
        ":aGV=sbG8=:",
        ":aGVsbG8==:",
        ":a:",
        ":aGVsbG8=::",
        ":aG\nVsbG8=:",
        "*aGVsbG8=*",
        // Booleans.
        "?",
        "?2",
        "?T",
        "? 1",
        "?true",
        "??",
        // Dates.
        "@",
        "@a",
        "@ 1",
        "@1.0",
        "@-",
        "@+1",
        "@1000000000000000",
        // Display strings.
        "%",
        "%\"",
        "%a",
        "%'a'",
        "% \"a\"",
        "%\"a",
        "%\"%C3%BC\"",
        "%\"%c\"",
        "%\"%c",
        "%\"%c3",
        "%\"%g0\"",
        "%\"%c3%28\"",
        "%\"%a0%a1\"",
        "%\"%c0%80\"",
        "%\"%ed%a0%80\"",
        "%\"%f4%90%80%80\"",
        "%\"%e2%82\"",
        "%\"ü\"",
        "%\"\t\"",
        "%\"\u007f\"",
        // Parameters.
        ";a",
        "1;",
        "1; ",
        "1;;a",
        "1;A",
        "1;1a",
        "1;-a",
        "1;_a",
        "1;.a",
        "1;a=",
        "1;a= 1",
        "1;a =1",
        "1 ;a",
        "1;\ta",
        "1;a=(1)",
        "1;a,",
        "1;ä",
        "1;aB",
        "1;a@",
      })
  void anythingElseIsNoItem(String raw) {
    assertThatThrownBy(() -> Item.parse(List.of(raw))).isInstanceOf(MalformedFieldException.class);
  }

  // Lists and inner lists, sections 4.2.1 and 4.2.1.2.

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "``→``",
        "  →``",
        "1→1",
        "  1  →1",
        "1,2→1, 2",
        "1 \t ,\t 2→1, 2",
        "sugar, tea, rum→sugar, tea, rum",
        "a, a→a, a",
        "()→()",
        "(  )→()",
        "(1)→(1)",
        "( 1   2 )→(1 2)",
        "(1 2), (3), ()→(1 2), (3), ()",
        "(\"foo\";a=1;b=2);lvl=5, (\"bar\" \"baz\");lvl=1"
            + "→(\"foo\";a=1;b=2);lvl=5, (\"bar\" \"baz\");lvl=1",
        "abc;a=1;b=2; cde_456, (ghi;jk=4 l);q=\"9\";r=w"
            + "→abc;a=1;b=2;cde_456, (ghi;jk=4 l);q=\"9\";r=w",
        "?1→?1",
        "\"a, b\", c→\"a, b\", c",
      })
  void aListIsReadAndWrittenInItsCanonicalForm(String raw, String canonical)
      throws MalformedFieldException {
    assertThat(FieldList.parse(List.of(raw)).serialise()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        "1,",
        "1, ",
        ",1",
        "1,,2",
        "1, , 2",
        "1 2",
        "\t1",
        "(",
        ")",
        "(1",
        "(1 ",
        "1)",
        "(1,2)",
        "(1\t2)",
        "(\t1)",
        "(1 (2))",
        "((1))",
        "(1)(2)",
        "(1\"a\")",
        "(1;)",
        "(1; a)b",
        "(1);",
        "(,)",
        "(1) ;a",
        "a=1",
        "1;2",
        "ü",
        "1,ü",
        "(1)2",
      })
  void anythingElseIsNoList(String raw) {
    assertThatThrownBy(() -> FieldList.parse(List.of(raw)))
        .isInstanceOf(MalformedFieldException.class);
  }

  // Dictionaries, section 4.2.2.

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "``→``",
        "a=1→a=1",
        "en=\"Applepie\", da=:w4ZibGV0w6ZydGU=:→en=\"Applepie\", da=:w4ZibGV0w6ZydGU=:",
        "a=?0, b, c; foo=bar→a=?0, b, c;foo=bar",
        "a=?1;x=1→a;x=1",
        "rating=1.5, feelings=(joy sadness)→rating=1.5, feelings=(joy sadness)",
        "a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid→a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid",
        "a=1,b=2;x=1;y=2,a=3→a=3, b=2;x=1;y=2",
        "a=1\t,\tb=2→a=1, b=2",
        "*a=1→*a=1",
        "a,a=1,a→a",
        "a=(),b→a=(), b",
      })
  void aDictionaryIsReadAndWrittenInItsCanonicalForm(String raw, String canonical)
      throws MalformedFieldException {
    assertThat(FieldDictionary.parse(List.of(raw)).serialise()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=",
        "=1",
        "a=",
        "a= 1",
        "a =1",
        "a=1,",
        "a=1,,b=2",
        ",a=1",
        "A=1",
        "1=1",
        "a==1",
        "a=1 b=2",
        "a b",
        "\"a\"=1",
        "(a)=1",
        "a=(1",
        "a;",
        "a;=1",
        "-a=1",
        "ä=1",
        "a=1;b=",
        "a=1, =2",
        "a,,",
      })
  void anythingElseIsNoDictionary(String raw) {
    assertThatThrownBy(() -> FieldDictionary.parse(List.of(raw)))
        .isInstanceOf(MalformedFieldException.class);
  }

  // Several lines are one field, section 4.2.

  @Test
  void theLinesOfAFieldAreJoinedByCommas() throws MalformedFieldException {
    assertThat(FieldList.parse(List.of("1", "2, 3")).serialise()).isEqualTo("1, 2, 3");
    assertThat(FieldDictionary.parse(List.of("a=1", "b", "a=2")).serialise()).isEqualTo("a=2, b");
    assertThat(FieldList.parse(List.of()).members()).isEmpty();
    assertThat(FieldDictionary.parse(List.of()).members()).isEmpty();
  }

  @Test
  void anEmptyLineAmongOthersIsAMemberThatIsMissing() {
    assertThatThrownBy(() -> FieldList.parse(List.of("1", "", "2")))
        .isInstanceOf(MalformedFieldException.class);
    assertThatThrownBy(() -> FieldDictionary.parse(List.of("", "a")))
        .isInstanceOf(MalformedFieldException.class);
  }

  @Test
  void anItemThatIsAbsentOrSentTwiceIsMalformed() {
    assertThatThrownBy(() -> Item.parse(List.of())).isInstanceOf(MalformedFieldException.class);
    assertThatThrownBy(() -> Item.parse(List.of("1", "1")))
        .isInstanceOf(MalformedFieldException.class);
    // Joined, the two halves would be the string "a, b".
    assertThatThrownBy(() -> Item.parse(List.of("\"a", "b\"")))
        .isInstanceOf(MalformedFieldException.class);
  }

  // What the values mean.

  @Test
  void eachTypeIsReadAsItself() throws MalformedFieldException {
    assertThat(value("-7")).isEqualTo(new IntegerValue(-7));
    assertThat(value("1.50")).isEqualTo(new DecimalValue(new BigDecimal("1.5")));
    assertThat(value("\"a\\\"b\"")).isEqualTo(new StringValue("a\"b"));
    assertThat(value("foo123/456")).isEqualTo(new TokenValue("foo123/456"));
    assertThat(value(":cHJldGVuZCB0aGlzIGlzIGJpbmFyeSBjb250ZW50Lg==:"))
        .isEqualTo(
            new ByteSequence(
                "pretend this is binary content.".getBytes(StandardCharsets.US_ASCII)));
    assertThat(value("?1")).isEqualTo(BareItem.BooleanValue.TRUE);
    assertThat(value("@1659578233")).isEqualTo(DateValue.of(Instant.parse("2022-08-04T01:57:13Z")));
    assertThat(value("%\"This is intended for display to %c3%bcsers.\""))
        .isEqualTo(new DisplayString("This is intended for display to üsers."));
  }

  @Test
  void membersKeepTheirOrderAndParameters() throws MalformedFieldException {
    FieldDictionary dictionary = FieldDictionary.parse(List.of("b=1;x=y, a=(2;z);w"));

    assertThat(dictionary.members().keySet()).containsExactly("b", "a");
    assertThat(dictionary.get("b")).contains(Item.integer(1).with("x", new TokenValue("y")));
    assertThat(dictionary.get("a"))
        .contains(
            new InnerList(
                List.of(Item.integer(2).with("z", BareItem.BooleanValue.TRUE)),
                FieldParameters.NONE.with("w", BareItem.BooleanValue.TRUE)));
    assertThat(dictionary.get("c")).isEmpty();
  }

  @Test
  void aDateReachesFromTheYear1ToTheYear9999() throws MalformedFieldException {
    assertThat(((DateValue) value("@-62135596800")).instant())
        .isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
    assertThat(((DateValue) value("@253402214400")).instant())
        .isEqualTo(Instant.parse("9999-12-31T00:00:00Z"));
    assertThat(((DateValue) value("@" + LONGEST_INTEGER)).epochSecond())
        .isEqualTo(BareItem.MAX_INTEGER);
  }

  // What cannot be written cannot be made, section 4.1.

  @ParameterizedTest
  @CsvSource({
    "0.0015,0.002",
    "0.0025,0.002",
    "-0.0015,-0.002",
    "-0.0025,-0.002",
    "9.9995,10.0",
    "1,1.0",
    "1E+3,1000.0",
    "1E-2000000000,0.0",
    "0E+2000000000,0.0",
    "-0.0001,0.0",
    "999999999999.999,999999999999.999",
  })
  void aDecimalIsRoundedHalfToEven(BigDecimal value, String canonical) {
    assertThat(Item.of(new DecimalValue(value)).serialise()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1000000000000", "-1000000000000.1", "999999999999.9995", "1E+2000000000"})
  void aDecimalOfMoreThanTwelveDigitsCannotBeMade(String value) {
    assertThatThrownBy(() -> new DecimalValue(new BigDecimal(value)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void valuesThatCannotBeWrittenCannotBeMade() {
    assertRefused(() -> Item.integer(BareItem.MAX_INTEGER + 1));
    assertRefused(() -> Item.integer(-BareItem.MAX_INTEGER - 1));
    assertRefused(() -> new DateValue(BareItem.MAX_INTEGER + 1));
    assertRefused(() -> Item.string("a\r\nSet-Cookie: b"));
    assertRefused(() -> Item.string("ü"));
    assertRefused(() -> Item.string("\u007f"));
    assertRefused(() -> Item.token(""));
    assertRefused(() -> Item.token("1a"));
    assertRefused(() -> Item.token("a b"));
    assertRefused(() -> Item.token("a\n"));
    assertRefused(() -> new DisplayString("\ud800"));
    assertRefused(() -> new DisplayString("\udc00\ud800"));
    assertRefused(() -> Item.integer(1).with("", 1));
    assertRefused(() -> Item.integer(1).with("A", 1));
    assertRefused(() -> Item.integer(1).with("1", 1));
    assertRefused(() -> Item.integer(1).with("a=b", 1));
    assertRefused(() -> new FieldDictionary(Map.of("a b", Item.integer(1))));
  }

  @Test
  void anEmptyListOrDictionaryIsWrittenAsNothing() {
    assertThat(FieldList.of().serialise()).isEmpty();
    assertThat(new FieldDictionary(Map.of()).serialise()).isEmpty();
  }

  @Test
  void valuesDoNotChangeWithWhatTheyWereMadeOf() {
    byte[] bytes = {1};
    ByteSequence sequence = new ByteSequence(bytes);
    bytes[0] = 2;
    sequence.bytes()[0] = 3;

    assertThat(Item.of(sequence).serialise()).isEqualTo(":AQ==:");
    assertThatThrownBy(() -> FieldParameters.NONE.all().put("a", sequence))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> Item.integer(1).with("a", 1).parameters().all().put("b", sequence))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  // Bounds: at least what the RFC makes every parser take, and not one more.

  @Test
  void asManyAsTheRfcAsksForAreTakenAndNotOneMore() throws MalformedFieldException {
    assertThat(FieldList.parse(List.of(repeat("a", ",", 1024))).members()).hasSize(1024);
    assertMalformedList(repeat("a", ",", 1025));
    assertThat(FieldDictionary.parse(List.of(keys(",", 1024))).members()).hasSize(1024);
    assertThatThrownBy(() -> FieldDictionary.parse(List.of(keys(",", 1025))))
        .isInstanceOf(MalformedFieldException.class);
    assertThat(FieldList.parse(List.of("(" + repeat("a", " ", 256) + ")")).members()).hasSize(1);
    assertMalformedList("(" + repeat("a", " ", 257) + ")");
    assertThat(Item.parse(List.of("1;" + keys(";", 256))).parameters().all()).hasSize(256);
    assertThatThrownBy(() -> Item.parse(List.of("1;" + keys(";", 257))))
        .isInstanceOf(MalformedFieldException.class);
    assertRefused(() -> new FieldList(Collections.nCopies(1025, Item.integer(1))));
    assertRefused(
        () -> new InnerList(Collections.nCopies(257, Item.integer(1)), FieldParameters.NONE));
    assertRefused(() -> new FieldDictionary(members(1025)));
  }

  @Test
  void aKeyAStringATokenAndASequenceMayBeAsLongAsTheRfcAsksFor() throws MalformedFieldException {
    assertThat(Item.parse(List.of("1;" + "a".repeat(64))).parameters().all()).hasSize(1);
    assertThat(value('"' + "a".repeat(1024) + '"')).isEqualTo(new StringValue("a".repeat(1024)));
    assertThat(value("a".repeat(512))).isEqualTo(new TokenValue("a".repeat(512)));
    assertThat(Item.parse(List.of(Item.of(new ByteSequence(new byte[16_384])).serialise())).value())
        .isEqualTo(new ByteSequence(new byte[16_384]));
  }

  @Test
  void aFieldOfMoreThan64KibIsMalformedHoweverManyLinesItHas() throws MalformedFieldException {
    String longest = "a".repeat(StructuredField.MAX_LENGTH);

    assertThat(Item.parse(List.of(longest)).serialise()).isEqualTo(longest);
    assertThatThrownBy(() -> Item.parse(List.of(longest + "a")))
        .isInstanceOf(MalformedFieldException.class);
    assertThatThrownBy(() -> FieldList.parse(Collections.nCopies(3, "a".repeat(22_000))))
        .isInstanceOf(MalformedFieldException.class);
    assertThatThrownBy(() -> FieldList.parse(Collections.nCopies(40_000, "")))
        .isInstanceOf(MalformedFieldException.class);
  }

  @Test
  void theExceptionHoldsNoStackTraceAndNothingOfTheField() {
    assertThatThrownBy(() -> Item.parse(List.of("\"secret\u0000")))
        .isInstanceOfSatisfying(
            MalformedFieldException.class,
            e -> {
              assertThat(e.getStackTrace()).isEmpty();
              assertThat(e.getMessage()).doesNotContain("secret").contains("offset 8");
              assertThat(e.offset()).isEqualTo(8);
            });
  }

  private static BareItem value(String raw) throws MalformedFieldException {
    return Item.parse(List.of(raw)).value();
  }

  private static String repeat(String member, String separator, int times) {
    return String.join(separator, Collections.nCopies(times, member));
  }

  private static String keys(String separator, int count) {
    return IntStream.range(0, count).mapToObj(i -> "a" + i).collect(Collectors.joining(separator));
  }

  private static Map<String, Member> members(int count) {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.toMap(i -> "a" + i, i -> Item.integer(i)));
  }

  private static void assertMalformedList(String raw) {
    assertThatThrownBy(() -> FieldList.parse(List.of(raw)))
        .isInstanceOf(MalformedFieldException.class);
  }

  private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable maker) {
    assertThatThrownBy(maker).isInstanceOf(IllegalArgumentException.class);
  }
}
