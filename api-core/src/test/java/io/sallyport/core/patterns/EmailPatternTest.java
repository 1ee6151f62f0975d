package io.sallyport.core.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The patterns of the provider's own {@code Email} constraint, which no declaration of an endpoint
 * names. It cuts at the last at sign, and asks them only for a local part of up to 64 characters
 * and a domain of up to 255.
 */
class EmailPatternTest {
  private static final String INTERNAL = "org.hibernate.validator.internal.";
  // Some hundred looks at each character; one that goes back and forth takes more than 2^60.
  private static final long MOST = 50_000;

  private static Pattern pattern(String type, String name) throws ReflectiveOperationException {
    Field field = Class.forName(INTERNAL + type).getDeclaredField(name);
    field.setAccessible(true);
    return (Pattern) field.get(null);
  }

  private static void assertHarmless(Pattern pattern, int length) {
    for (String part :
        List.of("a", "a.", ".", "a-", "-", "\"", "a\"", "\\\"", "1.", "[1.", "\u00e4")) {
      for (String end : List.of("", "!", ".", "-", "@", "\"", "]")) {
        String whole = part.repeat(length);
        CountingText text = new CountingText(whole.substring(0, length - end.length()) + end, MOST);

        pattern.matcher(text).matches();

        assertThat(text.reads()).as("%s... %s", part, end).isLessThan(MOST);
      }
    }
  }

  @Test
  void theOneForTheLocalPartIsHarmless() throws Exception {
    assertHarmless(
        pattern("constraintvalidators.AbstractEmailValidator", "LOCAL_PART_PATTERN"), 64);
  }

  @Test
  void theOneForTheDomainIsHarmless() throws Exception {
    assertHarmless(pattern("util.DomainNameUtil", "EMAIL_DOMAIN_PATTERN"), 255);
  }
}
