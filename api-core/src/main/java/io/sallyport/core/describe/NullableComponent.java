package io.sallyport.core.describe;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.stream.Stream;

/** Whether a record says of a component that it may be null. */
public final class NullableComponent {
  private NullableComponent() {}

  /**
   * Whether the record {@code type} has a component {@code name} that is annotated {@code
   * Nullable}, of whatever library: they differ in nothing but the package.
   */
  public static boolean is(Class<?> type, String name) {
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents())
            .filter(component -> component.getName().equals(name))
            .flatMap(
                component ->
                    Stream.of(
                        component.getAnnotations(),
                        component.getAnnotatedType().getAnnotations(),
                        component.getAccessor().getAnnotations()))
            .flatMap(Arrays::stream)
            .map(Annotation::annotationType)
            .anyMatch(annotation -> annotation.getSimpleName().equals("Nullable"));
  }
}
