package io.sallyport.core.body;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/**
 * How the text of one field becomes JSON: a number or a boolean where it is the one spelling of
 * such a value, a string otherwise, which binding then takes or refuses by its own strict rules.
 *
 * @param expected what one value is
 * @param repeated whether the field may be given more than once
 */
record FormField(Expected expected, boolean repeated) {
  /** A field of which nothing is known; binding will say so. */
  static final FormField UNKNOWN = new FormField(Expected.STRING, false);

  private static final int MAX_NUMBER_LENGTH = JsonLimits.DEFAULTS.maxNumberLength();
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

  /**
   * The fields of the record {@code type} by name; {@code null} for one that a form cannot hold.
   */
  static Map<String, @Nullable FormField> of(Class<?> type) {
    Map<String, @Nullable FormField> fields = new LinkedHashMap<>();
    for (BeanPropertyDefinition property : JsonBinding.properties(JsonBinding.description(type))) {
      fields.put(property.getName(), of(property.getPrimaryType()));
    }
    return fields;
  }

  private static @Nullable FormField of(JavaType type) {
    if (type.isCollectionLikeType()) {
      Expected element = expected(type.getContentType());
      return element == Expected.ANY ? null : new FormField(element, true);
    }
    Expected one = expected(type.isReferenceType() ? type.getContentType() : type);
    return one == Expected.ANY ? null : new FormField(one, false);
  }

  private static Expected expected(JavaType type) {
    return type.isEnumType() ? Expected.STRING : Expected.of(type.getRawClass());
  }

  /** Writes the value of the field. */
  void write(List<String> texts, JsonGenerator json) {
    if (!repeated) {
      write(texts.get(0), json);
      return;
    }
    json.writeStartArray();
    texts.forEach(text -> write(text, json));
    json.writeEndArray();
  }

  private void write(String text, JsonGenerator json) {
    if (expected == Expected.INTEGER && is(INTEGER, text)) {
      json.writeNumber(text);
    } else if (expected == Expected.NUMBER && is(NUMBER, text)) {
      json.writeNumber(text);
    } else if (expected == Expected.BOOLEAN && (text.equals("true") || text.equals("false"))) {
      json.writeBoolean(text.equals("true"));
    } else {
      json.writeString(text);
    }
  }

  private static boolean is(Pattern number, String text) {
    return text.length() <= MAX_NUMBER_LENGTH && number.matcher(text).matches();
  }
}
