package io.sallyport.core.body;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.BodyDescription;
import io.sallyport.core.describe.BodyDescription.Kind;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation.In;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The form that an endpoint takes, {@code application/x-www-form-urlencoded}: {@code
 * post("/v1/sessions").with(FormBody.of(Login.class))}. Immutable and safe for concurrent use.
 *
 * <p>The {@link ValidationFilter} reads the body itself, binds it to the record {@code T}, checks
 * the constraint annotations of {@code T}, and reports what is wrong as it does for a {@link
 * JsonBody}: each violation points at {@code /field}. A field that {@code T} does not have is
 * refused, and so is a second value where the component is no list. Numbers have their plain
 * spelling, booleans are {@code true} or {@code false}, and an empty text is no number.
 *
 * <p>The query has no part in it: without {@link Parameters} on the endpoint there must be none,
 * and a query parameter named as a field does not start. Do not ask the request for {@code
 * getParameter}, which mixes the two.
 *
 * <p>{@code multipart/form-data} is for uploads and answered with 415 here.
 *
 * @param <T> the record
 */
public final class FormBody<T> extends DeclaredBody {
  /** The most fields that a form may have unless the endpoint says otherwise. */
  public static final int DEFAULT_MAX_FIELDS = 100;

  private static final int LARGEST_MAX_FIELDS = 1000;
  private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";
  private static final String ATTRIBUTE = FormBody.class.getName();
  private static final Problem MALFORMED = Problem.of(ProblemType.MALFORMED_BODY);
  private static final Problem MISSING = MALFORMED.detail("A form is required.");
  private static final Problem UNREADABLE = MALFORMED.detail("The body is not a well-formed form.");
  private static final Problem BEYOND_LIMITS =
      MALFORMED.detail("The body exceeds a limit on forms.");
  private static final JsonFactory JSON = new JsonFactory();

  private final Class<T> target;
  private final int maxBytes;
  private final int maxFields;
  private final JsonBinding<T> binding;
  private final Map<String, @Nullable FormField> fields;

  private FormBody(Class<T> target, int maxBytes, int maxFields) {
    this.target = target;
    this.maxBytes = maxBytes;
    this.maxFields = maxFields;
    this.binding = new JsonBinding<>(target, JsonLimits.DEFAULTS, false);
    this.fields = FormField.of(target);
  }

  /** A form of at most 64 KiB and a hundred fields, bound to the record {@code target}. */
  public static <T> FormBody<T> of(Class<T> target) {
    if (!requireNonNull(target, "target").isRecord()) {
      throw new IllegalArgumentException(
          "target must be a record, was " + target + "; its components are the fields");
    }
    return new FormBody<>(target, JsonBody.DEFAULT_MAX_BYTES, DEFAULT_MAX_FIELDS);
  }

  /**
   * The form of {@code request}, bound and checked.
   *
   * @throws IllegalStateException if no guard has checked a form of this type
   */
  public static <T> T of(HttpServletRequest request, Class<T> type) {
    Object value = request.getAttribute(ATTRIBUTE);
    if (!type.isInstance(value)) {
      throw new IllegalStateException(
          "no checked form of type "
              + type.getName()
              + "; declare .with(FormBody.of("
              + type.getSimpleName()
              + ".class)) on the endpoint and add a ValidationFilter, not in shadow, to the chain");
    }
    return type.cast(value);
  }

  /** This form with up to {@code bytes} bytes, 1 to 64 MiB. */
  public FormBody<T> maxBytes(int bytes) {
    if (bytes < 1 || bytes > JsonBody.LARGEST_MAX_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes must be 1 to " + JsonBody.LARGEST_MAX_BYTES + ", was " + bytes);
    }
    return new FormBody<>(target, bytes, maxFields);
  }

  /** This form with up to {@code fields} fields, 1 to 1000. */
  public FormBody<T> maxFields(int fields) {
    if (fields < 1 || fields > LARGEST_MAX_FIELDS) {
      throw new IllegalArgumentException(
          "maxFields must be 1 to " + LARGEST_MAX_FIELDS + ", was " + fields);
    }
    return new FormBody<>(target, maxBytes, fields);
  }

  /** The record. */
  @Override
  public Class<T> target() {
    return target;
  }

  /** The most bytes that the body may have. */
  @Override
  public int maxBytes() {
    return maxBytes;
  }

  /** The media type. */
  @Override
  public String mediaType() {
    return MEDIA_TYPE;
  }

  @Override
  BodyDescription description() {
    int longest = JsonLimits.DEFAULTS.maxStringLength();
    return new BodyDescription(MEDIA_TYPE, target, maxBytes, false, longest, maxFields, Kind.FORM);
  }

  @Override
  Problem missing() {
    return MISSING;
  }

  @Override
  String attribute() {
    return ATTRIBUTE;
  }

  @Override
  Reading read(byte[] bytes) {
    // A byte beyond ASCII is U+FFFD here, which UrlEncoded refuses.
    String raw = new String(bytes, StandardCharsets.US_ASCII);
    Map<String, List<String>> values = UrlEncoded.parse(raw, maxFields, true);
    if (values == null) {
      return new Reading.Refused(UNREADABLE);
    }
    if (isBeyondLimits(values)) {
      return new Reading.Refused(BEYOND_LIMITS);
    }
    BindingProblems problems = new BindingProblems();
    return binding.read(json(values, problems), problems);
  }

  private static boolean isBeyondLimits(Map<String, List<String>> values) {
    for (Map.Entry<String, List<String>> field : values.entrySet()) {
      if (field.getKey().length() > JsonLimits.DEFAULTS.maxNameLength()) {
        return true;
      }
      for (String value : field.getValue()) {
        if (value.length() > JsonLimits.DEFAULTS.maxStringLength()) {
          return true;
        }
      }
    }
    return false;
  }

  private byte[] json(Map<String, List<String>> values, BindingProblems problems) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      values.forEach(
          (name, texts) -> {
            FormField known = fields.get(name);
            FormField field = known == null ? FormField.UNKNOWN : known;
            if (known != null && !field.repeated() && texts.size() > 1) {
              // Two readers of one form may take the first and the last.
              problems.add("/" + JsonPointers.escape(name), "duplicate", "must be given once");
            }
            json.writeName(name);
            field.write(texts, json);
          });
      json.writeEndObject();
    }
    return text.toByteArray();
  }

  @Override
  @Nullable String definitionFault() {
    return binding.definitionFault();
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    List<Fault> faults = new ArrayList<>(super.faults(endpoint));
    fields.forEach(
        (name, field) -> {
          if (field == null) {
            faults.add(
                fault(
                    endpoint,
                    target.getName() + "." + name,
                    "must be text, a number, a boolean, an enum, a date, or a list of these",
                    "take what is nested as JSON, by JsonBody"));
          }
        });
    endpoint.facet(Parameters.class).ifPresent(query -> addAmbiguous(endpoint, query, faults));
    return faults;
  }

  private void addAmbiguous(Endpoint endpoint, Parameters query, List<Fault> faults) {
    for (Parameter<?> parameter : query.all()) {
      if (parameter.in() == In.QUERY && fields.containsKey(parameter.name())) {
        faults.add(
            fault(
                endpoint,
                parameter.name(),
                "must not name a field and a query parameter",
                "rename one of the two; a container merges them"));
      }
    }
  }

  @Override
  public String toString() {
    return "FormBody of " + target.getName();
  }
}
