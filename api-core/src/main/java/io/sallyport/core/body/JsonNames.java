package io.sallyport.core.body;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.validator.spi.nodenameprovider.JavaBeanProperty;
import org.hibernate.validator.spi.nodenameprovider.Property;
import org.hibernate.validator.spi.nodenameprovider.PropertyNodeNameProvider;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;

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
    DeserializationConfig config = JsonBinding.defaultMapper().deserializationConfig();
    JavaType type = config.constructType(declaring);
    ClassIntrospector introspector = config.classIntrospectorInstance();
    Map<String, String> names = new HashMap<>();
    for (BeanPropertyDefinition property :
        introspector
            .introspectForDeserialization(type, introspector.introspectClassAnnotations(type))
            .findProperties()) {
      names.put(property.getInternalName(), property.getName());
    }
    return Map.copyOf(names);
  }
}
