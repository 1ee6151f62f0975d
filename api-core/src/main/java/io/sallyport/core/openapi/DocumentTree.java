package io.sallyport.core.openapi;

import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.describe.SecurityScheme;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts a document together: information, servers, paths, components. */
final class DocumentTree {
  // What a path item of OpenAPI 3.1 has a word for; a table may hold other methods.
  private static final Set<String> METHODS =
      Set.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH");

  private DocumentTree() {}

  static ObjectNode of(OpenApiInfo info, List<OperationDescription> operations) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("openapi", "3.1.0");
    root.set("info", info(info));
    root.set("servers", servers(info));
    Components components = new Components();
    ObjectNode paths = JsonNodeFactory.instance.objectNode();
    Set<String> tags = new TreeSet<>();
    Set<SecurityScheme> schemes = new LinkedHashSet<>();
    OperationTree writer = new OperationTree(components);
    for (OperationDescription operation : operations) {
      String method = operation.endpoint().method();
      if (METHODS.contains(method)) {
        item(paths, operation.endpoint().path())
            .set(method.toLowerCase(Locale.ROOT), writer.of(operation));
        tags.addAll(operation.tags());
        schemes.addAll(operation.schemes());
      }
    }
    if (!tags.isEmpty()) {
      ArrayNode list = root.putArray("tags");
      tags.forEach(tag -> list.addObject().put("name", tag));
    }
    root.set("paths", paths);
    root.set("components", components.tree(schemes));
    return root;
  }

  private static ObjectNode item(ObjectNode paths, String path) {
    return paths.get(path) instanceof ObjectNode known ? known : paths.putObject(path);
  }

  private static ObjectNode info(OpenApiInfo info) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("title", info.title());
    node.put("version", info.version());
    if (!info.description().isEmpty()) {
      node.put("description", info.description());
    }
    if (!info.contact().isEmpty()) {
      ObjectNode contact = node.putObject("contact").put("name", info.contact());
      if (!info.contactUrl().isEmpty()) {
        contact.put("url", info.contactUrl());
      }
    }
    if (!info.license().isEmpty()) {
      node.putObject("license").put("name", info.license()).put("identifier", info.license());
    }
    return node;
  }

  private static ArrayNode servers(OpenApiInfo info) {
    ArrayNode servers = JsonNodeFactory.instance.arrayNode();
    if (info.servers().isEmpty()) {
      // Relative to the document, so that it holds below any context path and behind any proxy.
      servers.addObject().put("url", ".").put("description", "Where this document is served.");
    }
    info.servers()
        .forEach(
            server ->
                servers
                    .addObject()
                    .put("url", server.url())
                    .put("description", server.description()));
    return servers;
  }
}
