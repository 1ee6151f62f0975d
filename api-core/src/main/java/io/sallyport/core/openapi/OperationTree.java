package io.sallyport.core.openapi;

import io.sallyport.core.describe.AnswerDescription;
import io.sallyport.core.describe.BodyDescription;
import io.sallyport.core.describe.HeaderDescription;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.describe.ParameterDescription;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.problem.ProblemJson;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation.In;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes operations. Used by one thread. */
final class OperationTree {
  // A path has at most this many characters, so a segment of it has no more.
  private static final int MAX_SEGMENT = 4096;

  // Fields that RFC 9110 and OpenAPI have words of their own for; as parameters they are ignored.
  private static final Set<String> NO_PARAMETERS =
      Set.of("accept", "content-type", "authorization");

  private final Components components;
  private final Schemas schemas;

  OperationTree(Components components) {
    this.components = components;
    this.schemas = new Schemas(components);
  }

  ObjectNode of(OperationDescription operation) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("operationId", operation.endpoint().id().replaceAll("[^A-Za-z0-9._-]+", "_"));
    operation.summary().ifPresent(words -> node.put("summary", words));
    node.put("description", description(operation));
    if (!operation.tags().isEmpty()) {
      ArrayNode tags = node.putArray("tags");
      operation.tags().forEach(tags::add);
    }
    if (operation.isDeprecated()) {
      node.put("deprecated", true);
    }
    security(operation, node);
    ArrayNode parameters = parameters(operation);
    if (!parameters.isEmpty()) {
      node.set("parameters", parameters);
    }
    if (!operation.bodies().isEmpty()) {
      node.set("requestBody", requestBody(operation));
    }
    node.set("responses", responses(operation));
    new TreeMap<>(operation.extensions())
        .forEach((name, value) -> node.set(name, PlainValues.tree(value)));
    return node;
  }

  private static String description(OperationDescription operation) {
    List<String> sentences = new ArrayList<>(operation.notes());
    operation
        .action()
        .ifPresent(action -> sentences.add("Asks for the permission `" + action + "`."));
    operation.bodies().stream()
        .filter(body -> body.maxBytes() > 0)
        .findFirst()
        .ifPresent(body -> sentences.add("The body has at most " + body.maxBytes() + " bytes."));
    if (sentences.isEmpty()) {
      sentences.add(operation.summary().orElse(operation.endpoint().toString()));
    }
    return String.join(" ", sentences);
  }

  private static void security(OperationDescription operation, ObjectNode node) {
    if (operation.isOpenToEveryone()) {
      node.putArray("security");
    } else if (!operation.schemes().isEmpty()) {
      ArrayNode alternatives = node.putArray("security");
      operation
          .schemes()
          .forEach(
              scheme -> {
                // OpenAPI 3.1: for a scheme of type http these are the roles that are asked for.
                ArrayNode roles = alternatives.addObject().putArray(scheme.name());
                operation.action().ifPresent(roles::add);
              });
    }
  }

  private static ArrayNode parameters(OperationDescription operation) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    Set<String> declared = new HashSet<>();
    for (ParameterDescription parameter : operation.parameters()) {
      String name = parameter.name();
      boolean ignored =
          parameter.in() == In.HEADER && NO_PARAMETERS.contains(name.toLowerCase(Locale.ROOT));
      if (!ignored) {
        all.add(parameter(parameter));
      }
      if (parameter.in() == In.PATH) {
        declared.add(name);
      }
    }
    for (String segment : operation.endpoint().path().split("/", -1)) {
      if (segment.startsWith("{")) {
        String name = segment.substring(1, segment.length() - 1);
        if (declared.add(name)) {
          ValueDescription any = ValueDescription.text(1, MAX_SEGMENT);
          all.add(parameter(new ParameterDescription(In.PATH, name, true, any, "")));
        }
      }
    }
    return all;
  }

  private static ObjectNode parameter(ParameterDescription parameter) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", parameter.name());
    node.put("in", parameter.in().name().toLowerCase(Locale.ROOT));
    if (!parameter.text().isEmpty()) {
      node.put("description", parameter.text());
    }
    node.put("required", parameter.required());
    node.set("schema", PlainValues.schema(parameter.value()));
    return node;
  }

  private ObjectNode requestBody(OperationDescription operation) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("required", true);
    ObjectNode content = node.putObject("content");
    for (BodyDescription body : operation.bodies()) {
      content.putObject(body.mediaType()).set("schema", schemas.of(body, Schemas.Direction.INPUT));
    }
    return node;
  }

  private ObjectNode responses(OperationDescription operation) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (AnswerDescription answer : operation.answers()) {
      all.set(Integer.toString(answer.status()), answer(operation, answer));
    }
    // A 304 that a guard tells of does not say what the handler answers with.
    if (operation.answers().stream().noneMatch(answer -> answer.status() < 300)) {
      ObjectNode any = all.putObject("2XX");
      any.put("description", "Done.");
      headers(any, operation.headers(200));
    }
    Map<Integer, List<ProblemType>> problems =
        operation.problems().stream()
            .sorted(java.util.Comparator.comparing(ProblemType::code))
            .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
    problems.forEach(
        (status, types) ->
            all.set(
                Integer.toString(status),
                components.response(
                    "Problem" + status, problem(types, operation.headers(status)))));
    return all;
  }

  private ObjectNode answer(OperationDescription operation, AnswerDescription answer) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("description", answer.text());
    List<HeaderDescription> fields = new ArrayList<>(answer.headers());
    fields.addAll(operation.headers(answer.status()));
    headers(node, fields);
    answer
        .body()
        .ifPresent(
            body -> {
              ObjectNode content = node.putObject("content");
              for (String mediaType : operation.mediaTypes(body)) {
                content
                    .putObject(mediaType)
                    .set("schema", schemas.of(body, Schemas.Direction.OUTPUT));
              }
            });
    return node;
  }

  private ObjectNode problem(List<ProblemType> types, Collection<HeaderDescription> fields) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put(
        "description",
        types.stream()
            .map(type -> type.title() + " (`" + type.code() + "`).")
            .collect(Collectors.joining(" ")));
    headers(node, fields);
    ObjectNode media = node.putObject("content").putObject(ProblemJson.MEDIA_TYPE);
    media.set("schema", Components.reference("schemas", "Problem"));
    ObjectNode examples = media.putObject("examples");
    ArrayNode codes = node.putArray("x-problem-codes");
    for (ProblemType type : types) {
      examples.putObject(type.code()).set("value", ProblemSchema.example(type));
      codes.add(type.code());
    }
    return node;
  }

  private void headers(ObjectNode response, Collection<HeaderDescription> fields) {
    if (fields.isEmpty()) {
      return;
    }
    ObjectNode all = response.putObject("headers");
    for (HeaderDescription field : fields) {
      ObjectNode header = JsonNodeFactory.instance.objectNode();
      if (!field.text().isEmpty()) {
        header.put("description", field.text());
      }
      header.set("schema", PlainValues.schema(field.value()));
      all.set(field.name(), components.header(field.name(), header));
    }
  }
}
