package io.sallyport.examples.reference.api;

import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.patch;
import static io.sallyport.core.endpoint.Endpoint.post;
import static io.sallyport.core.endpoint.Endpoint.under;
import static io.sallyport.core.filter.Handler.handledBy;

import io.sallyport.core.body.JsonBody;
import io.sallyport.core.body.JsonPatch;
import io.sallyport.core.body.MergePatch;
import io.sallyport.core.cache.Conditional;
import io.sallyport.core.cache.ResponseCache;
import io.sallyport.core.describe.Answers;
import io.sallyport.core.describe.Summary;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.idempotency.Idempotency;
import io.sallyport.core.openapi.OpenApiEndpoints;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.version.Version;
import io.sallyport.core.version.Versioning;
import io.sallyport.ratelimit.limit.RateLimit;
import io.sallyport.security.policy.Access;
import io.sallyport.security.policy.RolePolicy;
import java.time.Duration;

/** The endpoint table, and who may do what. */
final class BillingEndpoints {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Reports sum over all invoices, so they get a small share of the database. */
  private static final int REPORTS_PER_MINUTE = 5;

  /** An invoice of the most lines, with each character escaped: 100 of about 1.6 KB. */
  private static final int INVOICE_BYTES = 256 * 1024;

  /** So short that what other processes change needs no bus between them. */
  private static final Duration REPORTS_LAST = Duration.ofSeconds(10);

  private static final String[] READING = {
    "listCustomers",
    "readCustomer",
    "listProducts",
    "readProduct",
    "listInvoices",
    "readInvoice",
    "readReports"
  };

  private static final Answers READ_CUSTOMER =
      Answers.with(200, CustomerView.class)
          .header("ETag")
          .or(Answers.withoutBody(304).header("ETag"))
          .refusing(ProblemType.NOT_FOUND, ProblemType.PRECONDITION_FAILED);

  private BillingEndpoints() {}

  static RolePolicy policy() {
    return RolePolicy.builder()
        .grant("viewer", READING)
        .grant("accountant", READING)
        .grant("accountant", "createCustomer", "changeCustomer", "createProduct", "createInvoice")
        .build();
  }

  static Endpoints table(
      CustomerHandlers customers,
      ProductHandlers products,
      InvoiceHandlers invoices,
      ReportHandlers reports,
      int perCallerPerMinute,
      OpenApiEndpoints documentation) {
    return Endpoints.of(
        under(
                "/v1",
                get("/customers")
                    .id("listCustomers")
                    .with(Summary.of("List customers").tag("customers"))
                    .with(Answers.with(200, PageView.class, CustomerView.class))
                    .with(Access.action("listCustomers"))
                    .with(Lists.CUSTOMERS)
                    .with(handledBy(customers::list)),
                post("/customers")
                    .id("createCustomer")
                    .with(Summary.of("Add a customer").tag("customers"))
                    .with(
                        Answers.with(201, CustomerView.class)
                            .header("Location")
                            .refusing(ProblemType.CONFLICT))
                    .with(Access.action("createCustomer"))
                    .with(JsonBody.of(CreateCustomer.class))
                    .with(Idempotency.optional())
                    .with(handledBy(customers::create)),
                get("/customers/{id}")
                    .id("readCustomer")
                    .with(Summary.of("Read a customer").tag("customers"))
                    .with(READ_CUSTOMER)
                    .with(Access.action("readCustomer"))
                    .with(Inputs.BY_ID)
                    .with(handledBy(customers::read)),
                patch("/customers/{id}")
                    .id("changeCustomer")
                    .with(Summary.of("Change a customer").tag("customers"))
                    .with(
                        Answers.with(200, CustomerView.class)
                            .header("ETag")
                            .refusing(
                                ProblemType.NOT_FOUND,
                                ProblemType.CONFLICT,
                                ProblemType.PRECONDITION_FAILED))
                    .with(Access.action("changeCustomer"))
                    .with(Inputs.BY_ID)
                    .with(MergePatch.of(CustomerPatch.class))
                    .with(JsonPatch.of(CustomerPatch.class))
                    .with(Conditional.required())
                    .with(handledBy(customers::change)),
                get("/products")
                    .id("listProducts")
                    .with(Summary.of("List products").tag("products"))
                    .with(Answers.with(200, PageView.class, ProductView.class))
                    .with(Access.action("listProducts"))
                    .with(Lists.PRODUCTS)
                    .with(handledBy(products::list)),
                post("/products")
                    .id("createProduct")
                    .with(Summary.of("Add a product").tag("products"))
                    .with(
                        Answers.with(201, ProductView.class)
                            .header("Location")
                            .refusing(ProblemType.CONFLICT))
                    .with(Access.action("createProduct"))
                    .with(JsonBody.of(CreateProduct.class))
                    .with(Idempotency.optional())
                    .with(handledBy(products::create)),
                get("/products/{id}")
                    .id("readProduct")
                    .with(Summary.of("Read a product").tag("products"))
                    .with(Answers.with(200, ProductView.class).refusing(ProblemType.NOT_FOUND))
                    .with(Access.action("readProduct"))
                    .with(Inputs.BY_ID)
                    .with(handledBy(products::read)),
                get("/invoices")
                    .id("listInvoices")
                    .with(Summary.of("List invoices").tag("invoices"))
                    .with(Answers.with(200, PageView.class, InvoiceView.class))
                    .with(Access.action("listInvoices"))
                    .with(Lists.INVOICES)
                    .with(InvoiceRelations.EXPAND)
                    .with(handledBy(invoices::list)),
                post("/invoices")
                    .id("createInvoice")
                    .with(Summary.of("Issue an invoice").tag("invoices"))
                    .with(
                        Answers.with(201, InvoiceView.class)
                            .header("Location")
                            .refusing(ProblemType.CONFLICT))
                    .with(Access.action("createInvoice"))
                    .with(JsonBody.of(CreateInvoice.class))
                    .with(Idempotency.required().inTransaction().maxResponseBytes(INVOICE_BYTES))
                    .with(ResponseCache.invalidates("readReceivables"))
                    .with(handledBy(invoices::create)),
                get("/invoices/{id}")
                    .id("readInvoice")
                    .with(Summary.of("Read an invoice").tag("invoices"))
                    .with(Answers.with(200, InvoiceView.class).refusing(ProblemType.NOT_FOUND))
                    .with(Access.action("readInvoice"))
                    .with(Inputs.BY_ID)
                    .with(InvoiceRelations.EXPAND)
                    .with(handledBy(invoices::read)),
                get("/reports/receivables")
                    .id("readReceivables")
                    .with(Summary.of("Sum up what customers owe").tag("reports"))
                    .with(Answers.with(200, ReportHandlers.Receivables.class))
                    .with(Access.action("readReports"))
                    .with(RateLimit.perCaller(REPORTS_PER_MINUTE, MINUTE))
                    .with(ResponseCache.lasting(REPORTS_LAST))
                    .with(handledBy(reports::receivables)))
            .with(RateLimit.perCaller(perCallerPerMinute, MINUTE))
            .with(Inputs.NONE)
            .with(Versioning.byPath(Version.named("v1")))
            .requiring(Access.class)
            .requiring(RateLimit.class)
            .requiring(Versioning.class)
            .requiring(Answers.class),
        documentation.group());
  }
}
