package io.sallyport.core.openapi;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.filter.ApiFilter;
import io.sallyport.core.filter.ApiFilterChain;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI 3.1 document of an endpoint table. Immutable; the same table gives the same bytes.
 *
 * <p>Made once, at start-up: {@code OpenApiDocument.of(endpoints, info, chain)}. An endpoint that
 * is {@link io.sallyport.core.describe.Undocumented} is left out.
 */
public final class OpenApiDocument {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final ObjectNode root;

  private OpenApiDocument(ObjectNode root) {
    this.root = root;
  }

  /**
   * The document of {@code endpoints}, with what the guards of {@code chain} add.
   *
   * @throws IllegalArgumentException if {@code endpoints} has faults
   */
  public static OpenApiDocument of(Endpoints endpoints, OpenApiInfo info, ApiFilterChain chain) {
    return of(endpoints, info, chain.filters());
  }

  /**
   * The document of {@code endpoints}, for an application whose guards are mapped one by one.
   *
   * @throws IllegalArgumentException if {@code endpoints} has faults
   */
  public static OpenApiDocument of(
      Endpoints endpoints, OpenApiInfo info, List<? extends ApiFilter> filters) {
    if (!endpoints.faults().isEmpty()) {
      throw new IllegalArgumentException("endpoints has faults: " + endpoints.faults());
    }
    List<OperationDescription> operations = new ArrayList<>();
    for (Endpoint endpoint : endpoints.all()) {
      OperationDescription operation = describe(endpoint, filters);
      if (!operation.isUndocumented()) {
        operations.add(operation);
      }
    }
    return new OpenApiDocument(DocumentTree.of(requireNonNull(info, "info"), operations));
  }

  private static OperationDescription describe(
      Endpoint endpoint, List<? extends ApiFilter> filters) {
    OperationDescription operation = new OperationDescription(endpoint);
    for (ApiFilter filter : filters) {
      if (filter instanceof Described described) {
        described.describe(operation);
      }
    }
    for (Facet facet : endpoint.facets()) {
      if (facet instanceof Described described) {
        described.describe(operation);
      }
    }
    return operation;
  }

  /** The document as JSON, in UTF-8. */
  public byte[] json() {
    return JSON.writeValueAsBytes(root);
  }

  /** The document as YAML, in UTF-8. Needs {@code jackson-dataformat-yaml} on the class path. */
  public byte[] yaml() {
    return Yaml.write(root);
  }

  /** A copy of the document as a tree, for tools and tests. */
  public JsonNode tree() {
    return root.deepCopy();
  }
}
