package io.sallyport.examples.reference.api;

import static java.util.Objects.requireNonNull;

import io.sallyport.examples.reference.application.Receivable;
import io.sallyport.examples.reference.application.ReportService;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/** {@code /v1/reports}. */
final class ReportHandlers {
  private final ReportService reports;

  ReportHandlers(ReportService reports) {
    this.reports = requireNonNull(reports, "reports");
  }

  /** The answer; a sum of many invoices may outgrow a long. */
  record Receivables(@Size(max = 200) List<InCurrency> receivables) {
    record InCurrency(
        @Size(max = 3) @Pattern(regexp = "[A-Z]{3}") String currency,
        long invoices,
        BigInteger amount) {
      static InCurrency of(Receivable receivable) {
        return new InCurrency(
            receivable.currency().getCurrencyCode(),
            receivable.invoices(),
            receivable.minorUnits());
      }
    }
  }

  void receivables(HttpServletRequest request, HttpServletResponse response) throws IOException {
    List<Receivable> receivables = reports.receivables(Tenants.of(request));
    JsonAnswer.ok(
        response, new Receivables(receivables.stream().map(Receivables.InCurrency::of).toList()));
  }
}
