package io.sallyport.core.openapi;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.Undocumented;
import io.sallyport.core.endpoint.Declaration;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.EndpointGroup;
import io.sallyport.core.endpoint.Facet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Endpoints that serve the document of the table that they are in: {@code /openapi.json}, and by
 * choice {@code /openapi.yaml} and a page at {@code /docs}. Safe for concurrent use.
 *
 * <p>The document tells of the guards, and these need the table, so it is published last:
 *
 * <pre>{@code
 * OpenApiEndpoints documentation =
 *     OpenApiEndpoints.of(Access.publiclyAccessible()).withYaml().withPage();
 * Endpoints endpoints = Endpoints.of(get("/v1/invoices")..., documentation.group());
 * ApiFilterChain chain = ApiFilterChain.of(endpoints)....build();
 * documentation.publish(OpenApiDocument.of(endpoints, info, chain));
 * }</pre>
 *
 * <p>Until then they answer 503.
 */
public final class OpenApiEndpoints {
  private final Facet access;
  private final boolean yaml;
  private final boolean page;
  private final AtomicReference<Published> published;

  private OpenApiEndpoints(
      Facet access, boolean yaml, boolean page, AtomicReference<Published> published) {
    this.access = access;
    this.yaml = yaml;
    this.page = page;
    this.published = published;
  }

  private record Published(Optional<Representation> json, Optional<Representation> yaml) {}

  /**
   * The document as JSON.
   *
   * @param access the access rule of these endpoints, which this module does not know the type of
   */
  public static OpenApiEndpoints of(Facet access) {
    Published nothing = new Published(Optional.empty(), Optional.empty());
    return new OpenApiEndpoints(
        requireNonNull(access, "access"), false, false, new AtomicReference<>(nothing));
  }

  /** These, and the document as YAML; needs {@code jackson-dataformat-yaml}. */
  public OpenApiEndpoints withYaml() {
    return new OpenApiEndpoints(access, true, page, published);
  }

  /**
   * These, and a page to read the document and try it; needs {@code org.webjars:swagger-ui}. The
   * page keeps the token that is pasted into it in memory only.
   */
  public OpenApiEndpoints withPage() {
    return new OpenApiEndpoints(access, yaml, true, published);
  }

  /**
   * The endpoints, for the table.
   *
   * @throws IllegalStateException if the files of the page are not on the class path
   */
  public EndpointGroup group() {
    List<Declaration> all = new ArrayList<>();
    all.add(document("/openapi.json", "openApiJson", Published::json));
    if (yaml) {
      all.add(document("/openapi.yaml", "openApiYaml", Published::yaml));
    }
    if (page) {
      all.addAll(SwaggerUi.endpoints());
    }
    return Endpoint.under("", all.toArray(new Declaration[0]))
        .with(access)
        .with(new Undocumented());
  }

  /** Makes the endpoints answer with {@code document}. */
  public void publish(OpenApiDocument document) {
    published.set(
        new Published(
            Optional.of(new Representation(document.json(), "application/json")),
            yaml
                ? Optional.of(new Representation(document.yaml(), "application/yaml"))
                : Optional.empty()));
  }

  private Declaration document(
      String path, String id, Function<Published, Optional<Representation>> which) {
    return Endpoint.get(path)
        .id(id)
        .with(new FixedResponse(() -> which.apply(published.get()), List.of()));
  }
}
