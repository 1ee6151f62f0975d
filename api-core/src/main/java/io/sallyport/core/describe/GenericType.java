package io.sallyport.core.describe;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A generic class with its arguments, as reflection knows it. */
record GenericType(Class<?> raw, List<Class<?>> arguments) implements ParameterizedType {
  static GenericType of(Class<?> raw, Class<?>... arguments) {
    if (raw.getTypeParameters().length != arguments.length) {
      throw new IllegalArgumentException(
          raw.getName()
              + " must have "
              + raw.getTypeParameters().length
              + " type arguments, had "
              + arguments.length);
    }
    return new GenericType(raw, List.of(arguments));
  }

  @Override
  public Type[] getActualTypeArguments() {
    return arguments.toArray(new Type[0]);
  }

  @Override
  public Type getRawType() {
    return raw;
  }

  @Override
  public @Nullable Type getOwnerType() {
    return raw.getDeclaringClass();
  }
}
