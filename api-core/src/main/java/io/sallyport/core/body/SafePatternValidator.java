package io.sallyport.core.body;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Pattern;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Pattern} asks, on a text of any length: java.util.regex recurses for each repetition
 * of a group, so that a long text exhausts the stack of a pattern that is safe otherwise.
 */
public final class SafePatternValidator implements ConstraintValidator<Pattern, CharSequence> {
  private java.util.regex.@Nullable Pattern pattern;

  /** Called by the validation provider, which asks for it to be public. */
  public SafePatternValidator() {}

  @Override
  public void initialize(Pattern constraint) {
    int flags =
        Arrays.stream(constraint.flags())
            .mapToInt(Pattern.Flag::getValue)
            .reduce(0, (a, b) -> a | b);
    pattern = java.util.regex.Pattern.compile(constraint.regexp(), flags);
  }

  @Override
  public boolean isValid(@Nullable CharSequence value, ConstraintValidatorContext context) {
    return value == null || (pattern != null && matches(pattern, value));
  }

  /** Whether {@code pattern} takes all of {@code text}; not, where the stack ends before that. */
  static boolean matches(java.util.regex.Pattern pattern, CharSequence text) {
    try {
      return pattern.matcher(text).matches();
    } catch (StackOverflowError e) {
      return false;
    }
  }
}
