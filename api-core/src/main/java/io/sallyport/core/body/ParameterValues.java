package io.sallyport.core.body;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The checked values of an endpoint's {@link Parameters}. Immutable. */
public final class ParameterValues {
  private final Parameters declared;
  private final Map<Parameter<?>, Object> values;

  ParameterValues(Parameters declared, Map<Parameter<?>, Object> values) {
    this.declared = declared;
    this.values = values;
  }

  /**
   * The value of {@code parameter}, its default where it is absent.
   *
   * @throws IllegalArgumentException if the endpoint does not declare it
   * @throws NoSuchElementException if it is optional and absent
   */
  public <T> T value(Parameter<T> parameter) {
    return find(parameter).orElseThrow(() -> absent(parameter.name()));
  }

  /**
   * The value of {@code parameter}, its default where it is absent; empty for an optional one.
   *
   * @throws IllegalArgumentException if the endpoint does not declare it
   */
  @SuppressWarnings("unchecked") // put there by what the parameter itself read
  public <T> Optional<T> find(Parameter<T> parameter) {
    if (!declared.all().contains(parameter)) {
      throw undeclared(parameter.name());
    }
    return Optional.ofNullable((T) values.get(parameter));
  }

  /**
   * The value of the parameter called {@code name}, its default where it is absent.
   *
   * @throws IllegalArgumentException if the endpoint declares none of that name and type
   * @throws NoSuchElementException if it is optional and absent
   */
  public <T> T value(String name, Class<T> type) {
    return find(name, type).orElseThrow(() -> absent(name));
  }

  /**
   * The value of the parameter called {@code name}, its default where it is absent; empty for an
   * optional one. Names are unique within an endpoint, wherever the parameter is.
   *
   * @throws IllegalArgumentException if the endpoint declares none of that name and type
   */
  public <T> Optional<T> find(String name, Class<T> type) {
    for (Parameter<?> parameter : declared.all()) {
      if (parameter.name().equals(name)) {
        Object value = values.get(parameter);
        if (value != null && !type.isInstance(value)) {
          throw new IllegalArgumentException(
              name + " is a " + value.getClass().getName() + " and not a " + type.getName());
        }
        return Optional.ofNullable(type.cast(value));
      }
    }
    throw undeclared(name);
  }

  /** The declaration; never a value, which may be a secret. */
  @Override
  public String toString() {
    return "values of " + declared;
  }

  private IllegalArgumentException undeclared(String name) {
    return new IllegalArgumentException(
        "parameter " + name + " is not declared; the endpoint has " + declared.all());
  }

  private static NoSuchElementException absent(String name) {
    return new NoSuchElementException(
        "parameter " + name + " is absent; use find, or declare a default");
  }
}
