package io.sallyport.core.body;

import io.sallyport.core.describe.NullableComponent;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which members a patch may name: those of the record that it patches and of the records within,
 * and no others. This is the defence against mass assignment, and so it looks at what the patch
 * says and not only at what would come of it. Immutable.
 */
final class PatchMembers {
  private final JavaType root;
  private final Map<JavaType, Map<String, Member>> objects = new HashMap<>();

  PatchMembers(Class<?> type) {
    root = JsonBinding.description(type).getType();
    reach(root);
  }

  private void reach(JavaType declared) {
    JavaType type = withoutOptional(declared);
    if (type.isContainerType()) {
      reach(type.getContentType());
    } else if (isObject(type) && !objects.containsKey(type)) {
      Map<String, Member> members = new HashMap<>();
      objects.put(type, members);
      for (BeanPropertyDefinition property :
          JsonBinding.properties(JsonBinding.description(type))) {
        JavaType of = property.getPrimaryType();
        members.put(
            property.getName(),
            new Member(
                of,
                of.isReferenceType()
                    || NullableComponent.is(type.getRawClass(), property.getInternalName())));
        reach(of);
      }
    }
  }

  // A record that stands for one value, or whose kind the input names, has no members of its own.
  private static boolean isObject(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (!raw.isRecord()) {
      return false;
    }
    BeanDescription description = JsonBinding.description(type);
    return description.findJsonValueAccessor() == null
        && !description
            .getClassAnnotations()
            .has(com.fasterxml.jackson.annotation.JsonTypeInfo.class);
  }

  /** Whether the patched type has members at all. */
  boolean hasMembers() {
    return objects.containsKey(root);
  }

  JavaType root() {
    return root;
  }

  /** The type of what {@code path} leads to; {@code null} if it leads to nothing declared. */
  @Nullable JavaType typeAt(List<String> path) {
    JavaType type = root;
    for (String token : path) {
      type = withoutOptional(type);
      Map<String, Member> members = objects.get(type);
      if (members != null) {
        Member member = members.get(token);
        if (member == null) {
          return null;
        }
        type = member.type;
      } else if (type.isContainerType()) {
        type = type.getContentType();
      } else if (isScalar(type)) {
        return null;
      } else {
        return type;
      }
    }
    return type;
  }

  /**
   * Notes what {@code value} names that is not declared, and scalars of wrong types.
   *
   * @param at the pointer of {@code value}
   * @param merging whether {@code value} is a merge patch, where null removes
   */
  void check(
      JsonNode value, JavaType declared, String at, boolean merging, BindingProblems problems) {
    JavaType type = withoutOptional(declared);
    Map<String, Member> members = objects.get(type);
    if (value.isNull()) {
      return;
    }
    if (members != null) {
      checkMembers(value, members, at, merging, problems);
    } else if (type.isMapLikeType()) {
      if (require(value.isObject(), Expected.ANY, at, problems)) {
        value
            .properties()
            .forEach(
                entry ->
                    check(
                        entry.getValue(),
                        type.getContentType(),
                        below(at, entry.getKey()),
                        merging,
                        problems));
      }
    } else if (type.isContainerType()) {
      if (value.isArray()) {
        for (int i = 0; i < value.size(); i++) {
          check(value.get(i), type.getContentType(), at + "/" + i, false, problems);
        }
      }
    } else if (isScalar(type)) {
      Expected expected = Expected.of(type.getRawClass());
      require(expected.accepts(value.asToken()), expected, at, problems);
    }
  }

  private void checkMembers(
      JsonNode value,
      Map<String, Member> members,
      String at,
      boolean merging,
      BindingProblems problems) {
    if (!require(value.isObject(), Expected.ANY, at, problems)) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      Member member = members.get(entry.getKey());
      if (member == null) {
        problems.add(below(at, entry.getKey()), "unknown-field", "is not a known field");
      } else if (merging && entry.getValue().isNull() && !member.removable) {
        problems.add(below(at, entry.getKey()), "required", "must not be removed");
      } else {
        check(entry.getValue(), member.type, below(at, entry.getKey()), merging, problems);
      }
    }
  }

  private static boolean require(
      boolean holds, Expected expected, String at, BindingProblems problems) {
    if (!holds) {
      problems.add(at, "type", expected.message());
    }
    return holds;
  }

  /** Removes from the tree of a value what JSON shows of it and a patch may not name. */
  void retainDeclared(JsonNode tree, JavaType declared) {
    JavaType type = withoutOptional(declared);
    Map<String, Member> members = objects.get(type);
    if (members != null && tree instanceof ObjectNode object) {
      object.retain(members.keySet());
      object.properties().forEach(e -> retainDeclared(e.getValue(), typeOf(members, e.getKey())));
    } else if (type.isContainerType()) {
      tree.values().forEach(element -> retainDeclared(element, type.getContentType()));
    }
  }

  private static JavaType typeOf(Map<String, Member> members, String name) {
    return java.util.Objects.requireNonNull(members.get(name)).type;
  }

  /** Notes each member that {@code before} had, {@code after} lacks, and that must be there. */
  void addRemoved(
      @Nullable JsonNode before,
      @Nullable JsonNode after,
      JavaType declared,
      String at,
      BindingProblems problems) {
    Map<String, Member> members =
        objects.getOrDefault(withoutOptional(declared), Collections.emptyMap());
    if (before == null || after == null || !before.isObject() || !after.isObject()) {
      return;
    }
    members.forEach(
        (name, member) -> {
          boolean removed = before.hasNonNull(name) && !after.hasNonNull(name);
          // Binding says so of a primitive.
          if (removed && !member.removable && !member.type.isPrimitive()) {
            problems.add(below(at, name), "required", "must not be removed");
          } else if (!removed) {
            addRemoved(before.get(name), after.get(name), member.type, below(at, name), problems);
          }
        });
  }

  private static String below(String at, String name) {
    return at + "/" + JsonPointers.escape(name);
  }

  private static boolean isScalar(JavaType type) {
    return type.isEnumType() || Expected.of(type.getRawClass()) != Expected.ANY;
  }

  private static JavaType withoutOptional(JavaType type) {
    return type.isReferenceType() ? type.getContentType() : type;
  }

  private record Member(JavaType type, boolean removable) {}
}
