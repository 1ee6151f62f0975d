package io.sallyport.examples.reference.openapi;

import io.sallyport.examples.reference.openapi.FuzzCase.Expected;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes requests to one operation out of its description: sound ones, and each kind of broken. */
final class FuzzCases {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final byte[] NOTHING = {};

  // As they are sent: some are not even percent-encoded.
  private static final List<String> HOSTILE_TEXTS =
      List.of(
          "%00",
          "%zz",
          "%",
          "%c3%28",
          "%c0%ae",
          "%ed%a0%80",
          "%F0%9F%92%A9",
          "%E2%80%AE",
          "null",
          "-1",
          "1e9",
          "0x10",
          "+1",
          "01",
          "NaN",
          "true",
          "'",
          "%27%3B--",
          "%3Cscript%3E",
          "%22",
          "..",
          "%2e%2e",
          "a%2Fb",
          "a%5Cb",
          "%0d%0aX:y",
          "${7*7}",
          "{id}",
          "[1]",
          "9".repeat(400),
          "A".repeat(3000),
          "%25".repeat(500));

  private static final List<JsonNode> HOSTILE_VALUES =
      List.of(
          JSON.nullNode(),
          JSON.booleanNode(true),
          JSON.numberNode(-1),
          JSON.numberNode(1.5),
          JSON.numberNode(BigInteger.TEN.pow(100)),
          JSON.stringNode(""),
          JSON.stringNode(" \t\n"),
          JSON.stringNode("0"),
          JSON.stringNode("\u0000"),
          JSON.stringNode("x\u0000y"),
          JSON.stringNode("\ud83d\udca9".repeat(100)),
          JSON.stringNode("\u202e\ufeff\u0301"),
          JSON.stringNode("A".repeat(20_000)),
          JSON.stringNode("2030-02-30"),
          JSON.stringNode("' OR 1=1 --"),
          JSON.arrayNode(),
          JSON.arrayNode().add(JSON.arrayNode()),
          JSON.objectNode(),
          JSON.objectNode().put("@class", "java.lang.Runtime"));

  private final DocumentedOperation operation;
  private final Random random;
  private final SchemaValues values;

  FuzzCases(DocumentedOperation operation, Random random) {
    this.operation = operation;
    this.random = random;
    this.values = new SchemaValues(random, operation);
  }

  /** Every kind of broken input at every place, once. */
  List<FuzzCase> catalogue() {
    List<FuzzCase> all = new ArrayList<>();
    all.add(valid());
    for (String in : List.of("path", "query", "header")) {
      for (JsonNode parameter : operation.parameters(in)) {
        for (String hostile : HOSTILE_TEXTS) {
          all.add(withParameter(parameter, hostile));
        }
      }
    }
    addQueries(all);
    if (operation.bodies().isEmpty()) {
      all.add(with("a body where none is taken", Expected.REFUSED, bytes("{}"), json()));
      return all;
    }
    addBodies(all);
    return all;
  }

  /** A sound request, or one whose body is broken in one place by chance. */
  FuzzCase next() {
    return operation.bodies().isEmpty() || random.nextInt(3) == 0 ? valid() : mutated();
  }

  FuzzCase valid() {
    return with("as documented", Expected.VALID, body(), headers());
  }

  private FuzzCase withParameter(JsonNode parameter, String hostile) {
    String name = parameter.path("name").asString();
    Map<String, String> given = new LinkedHashMap<>();
    given.put(name, hostile);
    // Text is sound for a parameter of that type, if it is not too long and well encoded.
    Expected expected =
        operation.resolve(parameter.path("schema")).path("format").asString("").equals("uuid")
            ? Expected.REFUSED
            : Expected.ANY;
    String shown = hostile.length() > 40 ? hostile.substring(0, 40) : hostile;
    return new FuzzCase(
        operation, name + "=" + shown, expected, target(given, ""), headers(given), body());
  }

  private void addQueries(List<FuzzCase> all) {
    for (String extra :
        List.of("unknown=1", "%75nknown=1", "=", "&&", "a=%zz", "x=" + "A".repeat(8500))) {
      all.add(
          new FuzzCase(
              operation,
              "query " + extra.substring(0, Math.min(12, extra.length())),
              Expected.REFUSED,
              target(Map.of(), extra),
              headers(),
              body()));
    }
    for (JsonNode parameter : operation.parameters("query")) {
      String twice = parameter.path("name").asString() + "=";
      all.add(
          new FuzzCase(
              operation,
              "query parameter twice",
              Expected.REFUSED,
              target(Map.of(), twice + "&" + twice),
              headers(),
              body()));
    }
    String many = "a=1&".repeat(200) + "a=1";
    all.add(
        new FuzzCase(
            operation,
            "200 query parameters",
            Expected.REFUSED,
            target(Map.of(), many),
            headers(),
            body()));
  }

  private void addBodies(List<FuzzCase> all) {
    byte[] sound = body();
    String text = new String(sound, StandardCharsets.UTF_8);
    List<String> json = json();
    all.add(refused("no body", NOTHING, json));
    all.add(refused("cut short", Arrays.copyOf(sound, sound.length / 2), json));
    all.add(refused("followed by more", bytes(text + "{}"), json));
    all.add(refused("in UTF-16", text.getBytes(StandardCharsets.UTF_16), json));
    all.add(
        refused("not UTF-8", new byte[] {'{', '"', (byte) 0xC3, '(', '"', ':', '1', '}'}, json));
    all.add(refused("nested deeply", bytes("[".repeat(5000) + "]".repeat(5000)), json));
    all.add(refused("nested deeply in a field", bytes(deepField(text)), json));
    all.add(refused("too large", bytes(text + " ".repeat(70_000)), json));
    all.add(refused("a name twice", bytes(twice(text)), json));
    all.add(refused("null", bytes("null"), json));
    all.add(refused("lone surrogate", bytes("{\"\\ud800\":1}"), json));
    all.add(refused("a huge exponent", bytes("{\"a\":1e999999999}"), json));
    all.add(
        refused(
            "as a form", bytes("a=b"), List.of("Content-Type: application/x-www-form-urlencoded")));
    all.add(refused("as text", sound, List.of("Content-Type: text/plain")));
    all.add(refused("without type", sound, List.of()));
    all.add(refused("said to be gzip", sound, List.of(json.get(0), "Content-Encoding: gzip")));
    all.add(refused("two types", sound, List.of(json.get(0), json.get(0))));
    JsonNode tree = values.valid(schema());
    for (String pointer : pointers(tree, "")) {
      for (JsonNode hostile : HOSTILE_VALUES) {
        all.add(replaced(tree, pointer, hostile));
      }
    }
  }

  private FuzzCase mutated() {
    JsonNode tree = values.valid(schema());
    List<String> pointers = pointers(tree, "");
    if (pointers.isEmpty()) {
      return valid();
    }
    String pointer = pointers.get(random.nextInt(pointers.size()));
    JsonNode copy = tree.deepCopy();
    JsonNode parent = parent(copy, pointer);
    String last = pointer.substring(pointer.lastIndexOf('/') + 1);
    switch (random.nextInt(3)) {
      case 0 -> {
        if (parent instanceof ObjectNode object) {
          object.remove(last);
          return with("without " + pointer, Expected.ANY, bytes(copy.toString()), json());
        }
      }
      case 1 -> {
        if (parent instanceof ObjectNode object) {
          object.put("unknown" + random.nextInt(100), 1);
          return refused("an unknown field", bytes(copy.toString()), json());
        }
      }
      default -> {}
    }
    return replaced(tree, pointer, HOSTILE_VALUES.get(random.nextInt(HOSTILE_VALUES.size())));
  }

  private FuzzCase replaced(JsonNode tree, String pointer, JsonNode value) {
    JsonNode copy = tree.deepCopy();
    JsonNode parent = parent(copy, pointer);
    String last = pointer.substring(pointer.lastIndexOf('/') + 1);
    if (parent instanceof ObjectNode object) {
      object.set(last, value);
    } else if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), value);
    }
    String shown = value.toString();
    String what = pointer + " is " + shown.substring(0, Math.min(30, shown.length()));
    return with(what, Expected.ANY, bytes(copy.toString()), json());
  }

  private static JsonNode parent(JsonNode tree, String pointer) {
    return tree.at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  private static List<String> pointers(JsonNode node, String at) {
    List<String> all = new ArrayList<>();
    if (!at.isEmpty()) {
      all.add(at);
    }
    if (node.isObject()) {
      node.properties().forEach(e -> all.addAll(pointers(e.getValue(), at + "/" + e.getKey())));
    } else {
      for (int i = 0; i < node.size(); i++) {
        all.addAll(pointers(node.get(i), at + "/" + i));
      }
    }
    return all;
  }

  private static String deepField(String object) {
    return "{\"deep\":" + "{\"a\":".repeat(100) + "1" + "}".repeat(100) + "," + object.substring(1);
  }

  private static String twice(String object) {
    return object.substring(0, object.length() - 1) + "," + object.substring(1);
  }

  private FuzzCase refused(String what, byte[] body, List<String> headers) {
    return with("body " + what, Expected.REFUSED, body, headers);
  }

  private FuzzCase with(String what, Expected expected, byte[] body, List<String> headers) {
    List<String> all = new ArrayList<>(headers);
    for (String line : headers(Map.of())) {
      String name = line.substring(0, line.indexOf(':') + 1);
      // The type of a body is part of what may be odd about it.
      if (!name.equals("Content-Type:") && all.stream().noneMatch(h -> h.startsWith(name))) {
        all.add(line);
      }
    }
    return new FuzzCase(operation, what, expected, target(Map.of(), ""), all, body);
  }

  private JsonNode schema() {
    return operation.bodies().iterator().next().getValue().path("schema");
  }

  private byte[] body() {
    return operation.bodies().isEmpty() ? NOTHING : bytes(values.valid(schema()).toString());
  }

  private List<String> json() {
    return List.of(
        "Content-Type: "
            + (operation.bodies().isEmpty()
                ? "application/json"
                : operation.bodies().iterator().next().getKey()));
  }

  private List<String> headers() {
    return headers(Map.of());
  }

  private List<String> headers(Map<String, String> given) {
    List<String> lines = new ArrayList<>();
    if (!operation.bodies().isEmpty()) {
      lines.addAll(json());
    }
    for (JsonNode parameter : operation.parameters("header")) {
      String name = parameter.path("name").asString();
      if (given.containsKey(name)) {
        lines.add(name + ": " + given.get(name));
      } else if (parameter.path("required").asBoolean()) {
        lines.add(name + ": " + text(parameter));
      }
    }
    return lines;
  }

  private String target(Map<String, String> given, String extraQuery) {
    String path = operation.path();
    for (JsonNode parameter : operation.parameters("path")) {
      String name = parameter.path("name").asString();
      path = path.replace("{" + name + "}", given.getOrDefault(name, encoded(text(parameter))));
    }
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.parameters("query")) {
      String name = parameter.path("name").asString();
      if (given.containsKey(name)) {
        query.add(name + "=" + given.get(name));
      } else if (extraQuery.isEmpty()
          && (parameter.path("required").asBoolean() || random.nextBoolean())) {
        query.add(name + "=" + encoded(text(parameter)));
      }
    }
    if (!extraQuery.isEmpty()) {
      query.add(extraQuery);
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private String text(JsonNode parameter) {
    return values.valid(parameter.path("schema")).asString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
