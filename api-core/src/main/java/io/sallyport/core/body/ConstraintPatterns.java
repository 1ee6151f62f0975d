package io.sallyport.core.body;

import io.sallyport.core.regex.RegexSafety;
import jakarta.validation.constraints.Pattern.Flag;
import jakarta.validation.metadata.ConstraintDescriptor;
import jakarta.validation.metadata.ContainerElementTypeDescriptor;
import jakarta.validation.metadata.PropertyDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The regular expressions in the constraints of a type and of all that it holds: of {@code
 * Pattern}, and of whatever else has an attribute {@code regexp}, composed constraints included.
 *
 * <p>Found in every type that can be reached, whether or not {@code Valid} leads there today.
 */
final class ConstraintPatterns {
  private ConstraintPatterns() {}

  /** The patterns that are not safe to run on what a client sends. */
  static List<Unsafe> unsafe(Class<?> root) {
    List<Unsafe> found = new ArrayList<>();
    Set<Class<?>> reached = new LinkedHashSet<>();
    reach(root, reached);
    for (Class<?> type : reached) {
      String place = type.getSimpleName();
      var bean = Constraints.descriptor(type);
      bean.getConstraintDescriptors().forEach(constraint -> add(place, constraint, found));
      for (PropertyDescriptor property : bean.getConstrainedProperties()) {
        String name = place + "." + property.getPropertyName();
        property.getConstraintDescriptors().forEach(constraint -> add(name, constraint, found));
        property
            .getConstrainedContainerElementTypes()
            .forEach(element -> addElements(name, element, found));
      }
    }
    return List.copyOf(new LinkedHashSet<>(found));
  }

  private static void addElements(
      String place, ContainerElementTypeDescriptor element, List<Unsafe> found) {
    element.getConstraintDescriptors().forEach(constraint -> add(place, constraint, found));
    element
        .getConstrainedContainerElementTypes()
        .forEach(inner -> addElements(place, inner, found));
  }

  private static void add(String place, ConstraintDescriptor<?> constraint, List<Unsafe> found) {
    constraint.getComposingConstraints().forEach(part -> add(place, part, found));
    Map<String, Object> values = constraint.getAttributes();
    if (values.get("regexp") instanceof String regexp && !regexp.isEmpty()) {
      String name = constraint.getAnnotation().annotationType().getSimpleName();
      String where = place + " @" + name;
      danger(regexp, flags(values.get("flags")))
          .ifPresent(reason -> found.add(new Unsafe(where, regexp, reason)));
    }
  }

  private static java.util.Optional<String> danger(String regexp, int flags) {
    try {
      return RegexSafety.danger(Pattern.compile(regexp, flags));
    } catch (PatternSyntaxException e) {
      return java.util.Optional.of("is not a regular expression");
    }
  }

  private static int flags(@org.jspecify.annotations.Nullable Object declared) {
    return declared instanceof Flag[] flags
        ? Arrays.stream(flags).mapToInt(Flag::getValue).reduce(0, (a, b) -> a | b)
        : 0;
  }

  private static void reach(Type type, Set<Class<?>> reached) {
    if (type instanceof ParameterizedType parameterized) {
      reach(parameterized.getRawType(), reached);
      Arrays.stream(parameterized.getActualTypeArguments()).forEach(t -> reach(t, reached));
    } else if (type instanceof GenericArrayType array) {
      reach(array.getGenericComponentType(), reached);
    } else if (type instanceof WildcardType wildcard) {
      Arrays.stream(wildcard.getUpperBounds()).forEach(t -> reach(t, reached));
    } else if (type instanceof TypeVariable<?> variable) {
      Arrays.stream(variable.getBounds())
          .filter(Class.class::isInstance)
          .forEach(t -> reach(t, reached));
    } else if (type instanceof Class<?> found) {
      reach(found, reached);
    }
  }

  private static void reach(Class<?> type, Set<Class<?>> reached) {
    if (type.isArray()) {
      reach(type.getComponentType(), reached);
      return;
    }
    // Those of the JDK have no constraints.
    if (type.isPrimitive() || type.isEnum() || type.getName().startsWith("java.")) {
      return;
    }
    if (!reached.add(type)) {
      return;
    }
    for (Field field : type.getDeclaredFields()) {
      reach(field.getGenericType(), reached);
    }
    if (type.getGenericSuperclass() != null) {
      reach(type.getGenericSuperclass(), reached);
    }
    Class<?>[] permitted = type.getPermittedSubclasses();
    if (permitted != null) {
      Arrays.stream(permitted).forEach(t -> reach(t, reached));
    }
    var named = type.getAnnotation(com.fasterxml.jackson.annotation.JsonSubTypes.class);
    if (named != null) {
      Arrays.stream(named.value()).forEach(t -> reach(t.value(), reached));
    }
  }

  /**
   * A pattern that must not be run.
   *
   * @param place the type, the property and the annotation
   * @param pattern the regular expression
   * @param reason why, as a phrase that starts with a verb
   */
  record Unsafe(String place, String pattern, String reason) {}
}
