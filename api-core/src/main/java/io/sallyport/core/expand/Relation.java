package io.sallyport.core.expand;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A relation that may be expanded, with those that may be expanded below it.
 *
 * @param name how clients name it, a segment of a path
 * @param fanOut how many entities to expect for one parent, 1 to 1000000; an estimate
 * @param below the relations of those entities
 */
public record Relation(String name, int fanOut, List<Relation> below) {
  private static final int MAX_FAN_OUT = 1_000_000;

  public Relation {
    if (!requireNonNull(name, "name").matches("[A-Za-z][A-Za-z0-9_]{0,63}")) {
      throw new IllegalArgumentException(
          "name must be a letter, then up to 63 letters, digits and underscores, was " + name);
    }
    if (fanOut < 1 || fanOut > MAX_FAN_OUT) {
      throw new IllegalArgumentException(
          "fanOut of " + name + " must be 1 to " + MAX_FAN_OUT + ", was " + fanOut);
    }
    below = List.copyOf(below);
  }

  /** A relation to one entity at most. */
  public static Relation one(String name, Relation... below) {
    return new Relation(name, 1, List.of(below));
  }

  /** A relation to many entities, {@code fanOut} as a rule. */
  public static Relation many(String name, int fanOut, Relation... below) {
    return new Relation(name, fanOut, List.of(below));
  }
}
