package io.sallyport.core.body;

import jakarta.validation.ConstraintDeclarationException;
import jakarta.validation.ConstraintDefinitionException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.metadata.BeanDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.HibernateValidatorConfiguration;
import org.hibernate.validator.cfg.ConstraintMapping;
import org.jspecify.annotations.Nullable;

/** Checks bound values against the constraint annotations of their classes. */
final class Constraints {
  // One for the process: it holds what reflection found out about each class, and is safe for
  // concurrent use. No validation.xml: what is declared in code is what holds.
  private static final Validator VALIDATOR = validator();

  private Constraints() {}

  private static Validator validator() {
    HibernateValidatorConfiguration configuration =
        Validation.byProvider(HibernateValidator.class)
            .configure()
            .ignoreXmlConfiguration()
            .failFast(false)
            .messageInterpolator(new FixedMessages())
            .propertyNodeNameProvider(new JsonNames());
    ConstraintMapping patterns = configuration.createConstraintMapping();
    patterns
        .constraintDefinition(Pattern.class)
        .includeExistingValidators(false)
        .validatedBy(SafePatternValidator.class);
    return configuration.addMapping(patterns).buildValidatorFactory().getValidator();
  }

  /** The constraints that the class {@code type} declares. */
  static BeanDescriptor descriptor(Class<?> type) {
    return VALIDATOR.getConstraintsForClass(type);
  }

  /** Adds what {@code value} breaks to {@code problems}, except where it could not be bound. */
  static void check(Object value, BindingProblems problems) {
    List<Broken> broken = new ArrayList<>();
    for (ConstraintViolation<Object> violation : VALIDATOR.validate(value)) {
      Broken found = new Broken(pointer(violation), ConstraintRule.of(violation));
      boolean meaningless =
          problems.concern(found.pointer)
              || (isAboutWholeObject(violation) && problems.concernPartOf(found.pointer));
      if (!meaningless) {
        broken.add(found);
      }
    }
    // The validator answers a set; an answer to the same body must not vary.
    broken.sort(
        Comparator.comparing(Broken::pointer)
            .thenComparing(found -> found.rule.code())
            .thenComparing(found -> found.rule.message()));
    broken.forEach(found -> problems.add(found.pointer, found.rule.code(), found.rule.message()));
  }

  /** What is wrong with the annotations of {@code type}; {@code null} if nothing is. */
  static @Nullable String definitionFault(Class<?> type) {
    try {
      for (PropertyDescriptor property :
          VALIDATOR.getConstraintsForClass(type).getConstrainedProperties()) {
        // Only a value makes the validator look for what can check its type.
        VALIDATOR.validateValue(type, property.getPropertyName(), null);
      }
      return null;
    } catch (ConstraintDeclarationException | ConstraintDefinitionException e) {
      return String.valueOf(e.getMessage());
    } catch (ValidationException e) {
      // A custom validator that fails on null: the specification asks it not to, but no request
      // need ever meet it.
      return null;
    }
  }

  private static boolean isAboutWholeObject(ConstraintViolation<?> violation) {
    Path.Node leaf = null;
    for (Path.Node node : violation.getPropertyPath()) {
      leaf = node;
    }
    return leaf == null || leaf.getKind() == ElementKind.BEAN;
  }

  private static String pointer(ConstraintViolation<?> violation) {
    StringBuilder pointer = new StringBuilder();
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getIndex() != null) {
        pointer.append('/').append(node.getIndex());
      } else if (node.getKey() != null) {
        pointer.append('/').append(JsonPointers.escape(node.getKey().toString()));
      }
      if (node.getKind() == ElementKind.PROPERTY && node.getName() != null) {
        pointer.append('/').append(JsonPointers.escape(node.getName()));
      }
    }
    return pointer.toString();
  }

  private record Broken(String pointer, ConstraintRule rule) {}
}
