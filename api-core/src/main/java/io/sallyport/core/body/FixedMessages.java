package io.sallyport.core.body;

import jakarta.validation.MessageInterpolator;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/**
 * Resolves the parameters of a constraint's message and never an expression: an expression can hold
 * the rejected value, and can be injected by it. In English whatever the server's locale.
 */
final class FixedMessages implements MessageInterpolator {
  private final MessageInterpolator parameters =
      new ParameterMessageInterpolator(Set.of(Locale.ENGLISH), Locale.ENGLISH, false);

  @Override
  public String interpolate(String template, Context context) {
    return interpolate(template, context, Locale.ENGLISH);
  }

  @Override
  public String interpolate(String template, Context context, Locale locale) {
    // The built-in messages are replaced by those of ConstraintRule, and many are expressions.
    return template.contains("${") || ConstraintRule.isBuiltIn(template)
        ? template
        : parameters.interpolate(template, context, Locale.ENGLISH);
  }
}
