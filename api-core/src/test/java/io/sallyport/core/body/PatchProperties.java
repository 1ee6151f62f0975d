package io.sallyport.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.problem.ProblemException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class PatchProperties {
  private static final JsonMapper JSON = new JsonMapper();

  record Item(@Size(max = 3) String a, @Nullable Integer b) {}

  record Doc(
      @Max(9) int a,
      @Nullable String b,
      List<Item> c,
      Map<String, Integer> d,
      @Nullable Item e,
      Optional<Boolean> f) {}

  private static final Doc CURRENT =
      new Doc(1, "b", List.of(new Item("a", null)), Map.of("a", 1), null, Optional.of(true));

  @Property(tries = 300)
  void mergingTwiceIsMergingOnce(
      @ForAll("values") JsonNode target, @ForAll("values") JsonNode patch) {
    JsonNode once = MergePatch.merge(target.deepCopy(), patch);

    assertThat(MergePatch.merge(once.deepCopy(), patch)).isEqualTo(once);
  }

  @Property(tries = 300)
  void mergingTheDifferenceOfTwoValuesMakesOneOfTheOther(
      @ForAll("withoutNull") JsonNode from, @ForAll("withoutNull") JsonNode to) {
    assertThat(MergePatch.merge(from.deepCopy(), difference(from, to))).isEqualTo(to);
  }

  @Property(tries = 300)
  void mergingLeavesThePatchAloneAndSharesNothingWithIt(
      @ForAll("values") JsonNode target, @ForAll("values") JsonNode patch) {
    JsonNode before = patch.deepCopy();

    JsonNode merged = MergePatch.merge(target.deepCopy(), patch);
    MergePatch.merge(merged, JSON.readTree("{\"a\":{\"a\":{\"z\":1}}}"));

    assertThat(patch).isEqualTo(before);
  }

  private static JsonNode difference(JsonNode from, JsonNode to) {
    if (!from.isObject() || !to.isObject()) {
      return to;
    }
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    from.propertyNames().stream().filter(name -> !to.has(name)).forEach(patch::putNull);
    for (Map.Entry<String, JsonNode> entry : to.properties()) {
      JsonNode old = from.get(entry.getKey());
      JsonNode now = entry.getValue();
      if (old == null || !old.equals(now)) {
        // An object put where none was would be merged into nothing, which drops no member of it.
        patch.set(entry.getKey(), old == null ? now : difference(old, now));
      }
    }
    return patch;
  }

  /** Against a model of maps, lists and recursion that copies at each step. */
  @Property(tries = 1000)
  void aJsonPatchDoesWhatASimpleModelDoes(
      @ForAll("values") JsonNode target, @ForAll("plainOperations") List<String> operations) {
    JsonNode document = JSON.readTree("[" + String.join(",", operations) + "]");
    BindingProblems problems = new BindingProblems();
    List<PatchOperation> read = PatchOperation.read(document, null, problems);
    if (!problems.isEmpty()) {
      return;
    }

    JsonNode actual = new PatchRun(target.deepCopy(), Integer.MAX_VALUE, 100).apply(read).value();

    Object expected;
    try {
      Object model = model(target);
      for (JsonNode operation : document) {
        model = step(model, operation);
      }
      expected = model;
    } catch (IllegalStateException e) {
      assertThat(actual).isNull();
      return;
    }
    assertThat(actual).isNotNull();
    assertThat(model(actual)).isEqualTo(expected);
  }

  private static Object step(Object root, JsonNode operation) {
    List<String> path = tokens(operation.get("path").stringValue());
    return switch (operation.get("op").stringValue()) {
      case "add" -> put(root, path, model(operation.get("value")), false);
      case "replace" -> {
        find(root, path);
        yield put(root, path, model(operation.get("value")), true);
      }
      case "remove" -> take(root, path);
      case "copy" ->
          put(root, path, find(root, tokens(operation.get("from").stringValue())), false);
      case "move" -> {
        List<String> from = tokens(operation.get("from").stringValue());
        Object value = find(root, from);
        yield from.equals(path) ? root : put(take(root, from), path, value, false);
      }
      case "test" -> {
        if (!find(root, path).equals(model(operation.get("value")))) {
          throw new IllegalStateException("test");
        }
        yield root;
      }
      default -> throw new AssertionError(operation);
    };
  }

  private static List<String> tokens(String pointer) {
    return pointer.isEmpty() ? List.of() : List.of(pointer.substring(1).split("/", -1));
  }

  private static Object find(Object node, List<String> path) {
    if (path.isEmpty()) {
      return node;
    }
    Object next = null;
    if (node instanceof Map<?, ?> map) {
      next = map.get(path.get(0));
    } else if (node instanceof List<?> list && path.get(0).matches("0|[1-9]")) {
      int index = Integer.parseInt(path.get(0));
      next = index < list.size() ? list.get(index) : null;
    }
    if (next == null) {
      throw new IllegalStateException("no such place");
    }
    return find(next, path.subList(1, path.size()));
  }

  @SuppressWarnings("unchecked") // made by model()
  private static Object put(Object node, List<String> path, Object value, boolean replace) {
    if (path.isEmpty()) {
      return value;
    }
    String name = path.get(0);
    boolean last = path.size() == 1;
    if (node instanceof Map<?, ?> map) {
      Map<String, Object> copy = new TreeMap<>((Map<String, Object>) map);
      Object inner = last ? value : put(find(node, List.of(name)), tail(path), value, replace);
      copy.put(name, inner);
      return copy;
    }
    if (node instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list);
      if (!last) {
        Object inner = put(find(node, List.of(name)), tail(path), value, replace);
        copy.set(Integer.parseInt(name), inner);
        return copy;
      }
      if (name.equals("-")) {
        copy.add(value);
        return copy;
      }
      if (name.matches("0|[1-9]") && Integer.parseInt(name) <= list.size()) {
        int index = Integer.parseInt(name);
        if (replace) {
          copy.set(index, value);
        } else {
          copy.add(index, value);
        }
        return copy;
      }
    }
    throw new IllegalStateException("no such place");
  }

  @SuppressWarnings("unchecked") // made by model()
  private static Object take(Object node, List<String> path) {
    find(node, path);
    String name = path.get(0);
    if (node instanceof Map<?, ?> map) {
      Map<String, Object> copy = new TreeMap<>((Map<String, Object>) map);
      if (path.size() == 1) {
        copy.remove(name);
      } else {
        copy.put(name, take(map.get(name), tail(path)));
      }
      return copy;
    }
    List<Object> copy = new ArrayList<>((List<Object>) node);
    int index = Integer.parseInt(name);
    if (path.size() == 1) {
      copy.remove(index);
    } else {
      copy.set(index, take(copy.get(index), tail(path)));
    }
    return copy;
  }

  private static List<String> tail(List<String> path) {
    return path.subList(1, path.size());
  }

  private static Object model(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new TreeMap<>();
      node.properties().forEach(entry -> map.put(entry.getKey(), model(entry.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.values().forEach(element -> list.add(model(element)));
      return list;
    }
    return node.isNumber() ? node.decimalValue().stripTrailingZeros() : node;
  }

  @Property(tries = 700)
  void aHostilePatchIsAppliedOrRefusedAndNothingElse(@ForAll("documents") String document) {
    for (PatchBody<Doc> body : List.of(MergePatch.of(Doc.class), JsonPatch.of(Doc.class))) {
      byte[] bytes = document.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      if (body.read(bytes) instanceof DeclaredBody.Reading.Sound sound) {
        try {
          Doc changed = (Doc) apply((Patch<?>) sound.value());
          assertThat(changed.a).isLessThanOrEqualTo(9);
        } catch (ProblemException e) {
          assertThat(e.problem().status()).isIn(409, 422);
        }
      }
    }
    assertThat(CURRENT.c).hasSize(1);
  }

  @SuppressWarnings("unchecked") // read by a body of Doc
  private static Object apply(Patch<?> patch) {
    return ((Patch<Doc>) patch).applyTo(CURRENT);
  }

  @Provide
  Arbitrary<JsonNode> values() {
    return value(3, true).map(JSON::readTree);
  }

  @Provide
  Arbitrary<JsonNode> withoutNull() {
    return value(3, false).map(JSON::readTree);
  }

  @Provide
  Arbitrary<List<String>> plainOperations() {
    Arbitrary<String> path =
        Arbitraries.of("a", "b", "c", "0", "1", "-", "x", "01")
            .list()
            .ofMaxSize(3)
            .map(tokens -> tokens.isEmpty() ? "" : "/" + String.join("/", tokens));
    return operation(path).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> documents() {
    Arbitrary<String> path =
        Arbitraries.of(
                "a", "b", "c", "d", "e", "f", "0", "1", "-", "x", "01", "~", "~0", "~1", "id", "")
            .list()
            .ofMaxSize(4)
            .map(tokens -> tokens.isEmpty() ? "" : "/" + String.join("/", tokens));
    return Arbitraries.oneOf(
        operation(path).list().ofMaxSize(5).map(all -> "[" + String.join(",", all) + "]"),
        value(4, true),
        value(4, true).list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]"));
  }

  private static Arbitrary<String> operation(Arbitrary<String> path) {
    return Combinators.combine(
            Arbitraries.of("add", "remove", "replace", "move", "copy", "test"),
            path,
            path,
            value(2, true))
        .as(
            (op, at, from, value) ->
                "{\"op\":\"%s\",\"path\":\"%s\",\"from\":\"%s\",\"value\":%s}"
                    .formatted(op, at, from, value));
  }

  private static Arbitrary<String> value(int depth, boolean nulls) {
    Arbitrary<String> scalar =
        nulls
            ? Arbitraries.of(
                "1", "1.0", "1e99", "\"\"", "\"long text\"", "true", "null", "{}", "[]")
            : Arbitraries.of("1", "2", "\"\"", "\"b\"", "true", "{}", "[]");
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<String> inner = Arbitraries.lazy(() -> value(depth - 1, nulls));
    return Arbitraries.oneOf(
        scalar,
        inner.list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]"),
        Combinators.combine(
                Arbitraries.of("a", "b", "c", "d", "e", "f", "x").set().ofMaxSize(4),
                inner.list().ofSize(4))
            .as(
                (names, all) -> {
                  StringBuilder object = new StringBuilder("{");
                  Iterator<String> next = all.iterator();
                  for (String name : new TreeSet<>(names)) {
                    object.append(object.length() > 1 ? "," : "");
                    object.append('"').append(name).append("\":").append(next.next());
                  }
                  return object.append('}').toString();
                }));
  }
}
