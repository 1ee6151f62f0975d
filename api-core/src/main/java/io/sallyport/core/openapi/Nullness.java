package io.sallyport.core.openapi;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/** Whether JSpecify says that a written value, or what it contains, may be {@code null}. */
final class Nullness {
  static final Nullness UNSAID = new Nullness(null);

  private final @Nullable AnnotatedType type;

  private Nullness(@Nullable AnnotatedType type) {
    this.type = type;
  }

  static Nullness of(Class<?> bean, BeanPropertyDefinition property) {
    if (bean.isRecord()) {
      for (RecordComponent component : bean.getRecordComponents()) {
        if (component.getName().equals(property.getInternalName())) {
          return new Nullness(component.getAnnotatedType());
        }
      }
    }
    return property.getGetter() == null
        ? UNSAID
        : new Nullness(property.getGetter().getAnnotated().getAnnotatedReturnType());
  }

  boolean allowsNull() {
    return type != null && type.isAnnotationPresent(Nullable.class);
  }

  Nullness element(int index) {
    if (type instanceof AnnotatedParameterizedType generic) {
      AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
      if (index < arguments.length) {
        return new Nullness(arguments[index]);
      }
    }
    return UNSAID;
  }
}
