package io.sallyport.examples.benchmarks;

import io.sallyport.core.body.JsonBody;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reading and checking a sound body of 2 KB: what a {@link JsonBody} does beside Jackson and
 * Hibernate Validator as they come.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ValidationBenchmark {
  private final JsonMapper json = new JsonMapper();
  private final Validator validator =
      Validation.byProvider(HibernateValidator.class)
          .configure()
          .messageInterpolator(new ParameterMessageInterpolator())
          .buildValidatorFactory()
          .getValidator();
  private final JsonBody<Invoice> declared = JsonBody.of(Invoice.class);
  private byte[] body = {};

  /** Makes the body. */
  @Setup
  public void prepare() {
    String lines =
        IntStream.range(0, 15)
            .mapToObj(
                i ->
                    "{\"sku\":\"AB-100"
                        + i
                        + "\",\"description\":\"Item number "
                        + i
                        + " of the order, in blue, boxed\",\"quantity\":"
                        + (i + 1)
                        + ",\"price\":19.90}")
            .collect(Collectors.joining(","));
    body =
        ("{\"customer\":\"0190b2f1-7c1e-7aa0-9d5e-000000000001\",\"title\":\"Invoice for June\","
                + "\"email\":\"ann@example.org\",\"note\":\""
                + "x".repeat(300)
                + "\",\"lines\":["
                + lines
                + "]}")
            .getBytes(StandardCharsets.UTF_8);
    if (body.length < 1900 || body.length > 2200) {
      throw new IllegalStateException("the body has " + body.length + " bytes");
    }
  }

  /** The bytes alone. */
  @Benchmark
  public byte[] nothing() {
    return body;
  }

  /** Jackson and Hibernate Validator as they come. */
  @Benchmark
  public Invoice bare() {
    Invoice invoice = json.readValue(body, Invoice.class);
    Set<ConstraintViolation<Invoice>> violations = validator.validate(invoice);
    if (!violations.isEmpty()) {
      throw new IllegalStateException("invalid");
    }
    return invoice;
  }

  /** Within limits, strict, and with all violations. */
  @Benchmark
  public Invoice ours() {
    return declared.check(body);
  }

  /** A body. */
  public record Invoice(
      @NotNull UUID customer,
      @NotBlank @Size(max = 80) String title,
      @Email String email,
      @Size(max = 2000) String note,
      @NotNull @Size(min = 1, max = 50) List<@NotNull @Valid Line> lines) {}

  /** A part of it. */
  public record Line(
      @NotBlank @Pattern(regexp = "[A-Z]{2}-[0-9]{3,6}") String sku,
      @NotBlank @Size(max = 200) String description,
      @Min(1) @Max(999) int quantity,
      @NotNull BigDecimal price) {}
}
