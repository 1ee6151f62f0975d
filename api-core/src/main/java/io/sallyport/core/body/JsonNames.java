package io.sallyport.core.body;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.validator.spi.nodenameprovider.JavaBeanProperty;
import org.hibernate.validator.spi.nodenameprovider.Property;
import org.hibernate.validator.spi.nodenameprovider.PropertyNodeNameProvider;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/** Names properties as JSON does, so that a violation points at what the client sent. */
final class JsonNames implements PropertyNodeNameProvider {
  private final Map<Class<?>, Map<String, String>> names = new ConcurrentHashMap<>();

  @Override
  public String getName(Property property) {
    String name = property.getName();
    return property instanceof JavaBeanProperty bean
        ? names
            .computeIfAbsent(bean.getDeclaringClass(), JsonNames::namesOf)
            .getOrDefault(name, name)
        : name;
  }

  private static Map<String, String> namesOf(Class<?> declaring) {
    Map<String, String> names = new HashMap<>();
    for (BeanPropertyDefinition property : JsonBinding.description(declaring).findProperties()) {
      names.put(property.getInternalName(), property.getName());
    }
    return Map.copyOf(names);
  }
}
