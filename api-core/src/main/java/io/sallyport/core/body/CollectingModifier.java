package io.sallyport.core.body;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.jdk.EnumDeserializer;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.CollectionLikeType;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapLikeType;
import tools.jackson.databind.type.MapType;
import tools.jackson.databind.type.ReferenceType;

/** Makes every deserializer a {@link CollectingDeserializer}. */
final class CollectingModifier extends ValueDeserializerModifier {
  private static final long serialVersionUID = 1L;

  @Override
  public ValueDeserializer<?> modifyDeserializer(
      DeserializationConfig config, BeanDescription.Supplier type, ValueDeserializer<?> reader) {
    Class<?> raw = reader.handledType() == null ? type.getBeanClass() : reader.handledType();
    // These two take any JSON value, so that nothing can fail.
    return raw == Object.class || JsonNode.class.isAssignableFrom(raw)
        ? reader
        : new CollectingDeserializer(reader, Expected.of(raw));
  }

  @Override
  public ValueDeserializer<?> modifyEnumDeserializer(
      DeserializationConfig config,
      JavaType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> reader) {
    return new CollectingDeserializer(
        reader, reader instanceof EnumDeserializer ? Expected.STRING : Expected.ANY);
  }

  @Override
  public ValueDeserializer<?> modifyReferenceDeserializer(
      DeserializationConfig config,
      ReferenceType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> reader) {
    return new CollectingDeserializer(reader, Expected.ANY);
  }

  @Override
  public ValueDeserializer<?> modifyArrayDeserializer(
      DeserializationConfig config,
      ArrayType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> reader) {
    return new CollectingDeserializer(reader, Expected.ANY);
  }

  @Override
  public ValueDeserializer<?> modifyCollectionDeserializer(
      DeserializationConfig config,
      CollectionType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> reader) {
    return new CollectingDeserializer(reader, Expected.ANY);
  }

  @Override
  public ValueDeserializer<?> modifyCollectionLikeDeserializer(
      DeserializationConfig config,
      CollectionLikeType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> reader) {
    return new CollectingDeserializer(reader, Expected.ANY);
  }

  @Override
  public ValueDeserializer<?> modifyMapDeserializer(
      DeserializationConfig config,
      MapType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> reader) {
    return new CollectingDeserializer(reader, Expected.ANY);
  }

  @Override
  public ValueDeserializer<?> modifyMapLikeDeserializer(
      DeserializationConfig config,
      MapLikeType type,
      BeanDescription.Supplier description,
      ValueDeserializer<?> reader) {
    return new CollectingDeserializer(reader, Expected.ANY);
  }
}
