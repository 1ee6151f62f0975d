package io.sallyport.core.body;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.util.Locale;
import java.util.Map;

/**
 * How a constraint annotation looks from outside.
 *
 * @param code the stable code
 * @param message what the rule asks
 */
record ConstraintRule(String code, String message) {
  private static final String UNSPOKEN = "is not valid";
  private static final int MAX_MESSAGE_LENGTH = 256;

  static ConstraintRule of(ConstraintViolation<?> violation) {
    ConstraintDescriptor<?> descriptor = violation.getConstraintDescriptor();
    ConstraintRule standard = standard(descriptor, violation.getInvalidValue() == null);
    return new ConstraintRule(standard.code, message(violation, descriptor, standard.message));
  }

  private static String message(
      ConstraintViolation<?> violation, ConstraintDescriptor<?> descriptor, String standard) {
    String declared = String.valueOf(descriptor.getAttributes().get("message"));
    if (!violation.getMessageTemplate().equals(declared)) {
      // Composed by the validator while it looked at the value, and may hold it.
      return UNSPOKEN;
    }
    if (isBuiltIn(declared)) {
      return standard;
    }
    String message = violation.getMessage();
    return message.contains("${") || message.length() > MAX_MESSAGE_LENGTH ? UNSPOKEN : message;
  }

  /** Whether a message is the default of a constraint of the specification or its provider. */
  static boolean isBuiltIn(String template) {
    return template.startsWith("{jakarta.validation.")
        || template.startsWith("{org.hibernate.validator.");
  }

  private static ConstraintRule standard(ConstraintDescriptor<?> descriptor, boolean isNull) {
    Map<String, Object> values = descriptor.getAttributes();
    String name = descriptor.getAnnotation().annotationType().getSimpleName();
    return switch (name) {
      case "NotNull" -> new ConstraintRule("required", "is required");
      case "NotEmpty" ->
          isNull
              ? new ConstraintRule("required", "is required")
              : new ConstraintRule("not-empty", "must not be empty");
      case "NotBlank" ->
          isNull
              ? new ConstraintRule("required", "is required")
              : new ConstraintRule("not-blank", "must not be blank");
      case "Size", "Length" -> new ConstraintRule("size", size(values));
      case "Min" -> new ConstraintRule("minimum", "must be at least " + values.get("value"));
      case "Max" -> new ConstraintRule("maximum", "must be at most " + values.get("value"));
      case "DecimalMin" ->
          new ConstraintRule(
              "minimum", bound(values, "must be at least ", "must be greater than "));
      case "DecimalMax" ->
          new ConstraintRule("maximum", bound(values, "must be at most ", "must be less than "));
      case "Positive" -> new ConstraintRule("minimum", "must be greater than 0");
      case "PositiveOrZero" -> new ConstraintRule("minimum", "must be at least 0");
      case "Negative" -> new ConstraintRule("maximum", "must be less than 0");
      case "NegativeOrZero" -> new ConstraintRule("maximum", "must be at most 0");
      case "Pattern" -> new ConstraintRule("pattern", "must match the documented pattern");
      case "Email" -> new ConstraintRule("email", "must be an email address");
      case "Digits" ->
          new ConstraintRule(
              "digits",
              "must have at most "
                  + values.get("integer")
                  + " digits and "
                  + values.get("fraction")
                  + " decimals");
      case "Past" -> new ConstraintRule("past", "must be in the past");
      case "PastOrPresent" -> new ConstraintRule("past-or-present", "must not be in the future");
      case "Future" -> new ConstraintRule("future", "must be in the future");
      case "FutureOrPresent" -> new ConstraintRule("future-or-present", "must not be in the past");
      default -> new ConstraintRule(kebab(name), UNSPOKEN);
    };
  }

  private static String size(Map<String, Object> values) {
    Object min = values.get("min");
    Object max = values.get("max");
    if (Integer.valueOf(Integer.MAX_VALUE).equals(max)) {
      return "must have a size of at least " + min;
    }
    return "must have a size of " + min + " to " + max;
  }

  private static String bound(Map<String, Object> values, String inclusive, String exclusive) {
    boolean includes = Boolean.TRUE.equals(values.get("inclusive"));
    return (includes ? inclusive : exclusive) + values.get("value");
  }

  /** {@code CreditCardNumber} as {@code credit-card-number}, {@code UUID} as {@code uuid}. */
  static String kebab(String name) {
    return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
        .replace('_', '-')
        .toLowerCase(Locale.ROOT);
  }
}
