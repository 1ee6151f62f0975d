package io.sallyport.core.expand;

import java.util.List;
import java.util.Map;

/**
 * Loads the related entities of many parents with one statement, such as {@code ... WHERE id =
 * ANY(?)}.
 *
 * @param <K> the key by which a parent leads to them
 * @param <V> what there is for a key: an entity, or a list of entities
 */
@FunctionalInterface
public interface BatchLoader<K, V> {
  /**
   * What there is for {@code keys}; a key for which there is nothing is left out.
   *
   * @param keys at least one, each once
   */
  Map<K, V> load(List<K> keys);
}
