package io.sallyport.examples.reference.documentation;

import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.openapi.OpenApiDocument;
import io.sallyport.core.openapi.OpenApiEndpoints;
import io.sallyport.core.openapi.OpenApiInfo;
import io.sallyport.security.policy.Access;

/**
 * {@code /openapi.json}, {@code /openapi.yaml} and {@code /docs}, open to everyone: they say
 * nothing that a caller with a token could not find out, and nothing of the data.
 */
public final class BillingDocumentation {
  private static final OpenApiInfo INFO =
      OpenApiInfo.of("Billing API", "1.0.0")
          .description(
              "Customers, products, invoices and reports of many tenants. The tenant is that of the"
                  + " access token. Every failure is a problem document, RFC 9457, with an"
                  + " `errorId` for whoever runs the server.")
          .license("Apache-2.0");

  private BillingDocumentation() {}

  /** The endpoints; {@link #publish} gives them their document. */
  public static OpenApiEndpoints endpoints() {
    return OpenApiEndpoints.of(Access.publiclyAccessible()).withYaml().withPage();
  }

  /** Publishes the document of {@code endpoints} behind {@code chain}. */
  public static void publish(
      OpenApiEndpoints documentation, Endpoints endpoints, ApiFilterChain chain) {
    documentation.publish(OpenApiDocument.of(endpoints, INFO, chain));
  }
}
