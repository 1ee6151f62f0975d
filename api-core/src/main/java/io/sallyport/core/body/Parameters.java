package io.sallyport.core.body;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.problem.ProblemType;
import io.sallyport.core.problem.Violation;
import io.sallyport.core.problem.Violation.In;
import io.sallyport.core.regex.RegexSafety;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters that an endpoint takes: {@code
 * get("/v1/invoices/{id}").with(Parameters.of(path("id").uuid()))}. Immutable and safe for
 * concurrent use.
 *
 * <p>The {@link ValidationFilter} reads and checks them; the handler gets the values by {@link
 * #of(HttpServletRequest)}. A query parameter that is not declared is refused, and so is a second
 * value of one that is not repeated. A header field that is not declared is ignored, and a path
 * variable that is not declared stays text for the handler to read from the exchange. What another
 * facet of the endpoint takes is declared there, as a {@link ParameterFacet}.
 */
public final class Parameters implements Facet, Described {
  /** The most violations reported. */
  static final int MAX_VIOLATIONS = BindingProblems.MAX;

  private static final int MAX_NAME_LENGTH = 64;
  private static final String ATTRIBUTE = Parameters.class.getName();

  private final List<Parameter<?>> all;
  private final Set<String> queryNames;
  private final boolean unknownQueryAllowed;
  private final List<ParameterFacet> others;

  private Parameters(
      List<Parameter<?>> all, boolean unknownQueryAllowed, List<ParameterFacet> others) {
    this.all = all;
    this.others = others;
    this.queryNames =
        all.stream()
            .filter(parameter -> parameter.in() == In.QUERY)
            .map(Parameter::name)
            .collect(Collectors.toUnmodifiableSet());
    this.unknownQueryAllowed = unknownQueryAllowed;
  }

  /** Declares parameters; none at all means that every query parameter is refused. */
  public static Parameters of(Parameter<?>... parameters) {
    return new Parameters(List.of(parameters), false, List.of());
  }

  /**
   * The checked parameters of {@code request}.
   *
   * @throws IllegalStateException if no guard has checked them
   */
  public static ParameterValues of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof ParameterValues values) {
      return values;
    }
    throw new IllegalStateException(
        "no checked parameters; declare .with(Parameters.of(...)) on the endpoint and add a"
            + " ValidationFilter, not in shadow, to the chain");
  }

  /** Makes {@link #of(HttpServletRequest)} find {@code values}. */
  static void bind(ServletRequest request, ParameterValues values) {
    request.setAttribute(ATTRIBUTE, values);
  }

  /** These parameters, where a query parameter that is not declared is ignored. */
  public Parameters allowUnknownQueryParameters() {
    return new Parameters(all, true, others);
  }

  /** All parameters that {@code endpoint} takes, whichever of its facets declares them. */
  public static List<Parameter<?>> allOf(Endpoint endpoint) {
    List<Parameter<?>> all = new ArrayList<>();
    endpoint.facet(Parameters.class).ifPresent(own -> all.addAll(own.all));
    for (Facet facet : endpoint.facets()) {
      if (facet instanceof ParameterFacet other) {
        all.addAll(other.parameters());
      }
    }
    return all;
  }

  /** These parameters and those that the other facets of {@code endpoint} take. */
  Parameters withThoseOf(Endpoint endpoint) {
    List<ParameterFacet> facets = new ArrayList<>();
    for (Facet facet : endpoint.facets()) {
      if (facet instanceof ParameterFacet other) {
        facets.add(other);
      }
    }
    return new Parameters(List.copyOf(allOf(endpoint)), unknownQueryAllowed, List.copyOf(facets));
  }

  /** The declared parameters, in order. */
  public List<Parameter<?>> all() {
    return all;
  }

  /**
   * Reads all parameters; what is wrong is appended to {@code violations}.
   *
   * @param path the value of a path variable by name
   * @param query the decoded query
   * @param header the field lines of a header field by name
   */
  ParameterValues read(
      Function<String, String> path,
      Map<String, List<String>> query,
      Function<String, List<String>> header,
      List<Violation> violations) {
    Map<Parameter<?>, Object> values = new HashMap<>();
    for (Parameter<?> parameter : all) {
      String name = parameter.name();
      List<String> texts =
          switch (parameter.in()) {
            case PATH -> List.of(path.apply(name));
            case QUERY -> query.getOrDefault(name, List.of());
            case HEADER -> header.apply(name);
            case BODY -> List.of();
          };
      Object value = parameter.read(texts, violations);
      if (value != null) {
        values.put(parameter, value);
      }
    }
    if (!unknownQueryAllowed) {
      refuseUnknown(query.keySet(), violations);
    }
    ParameterValues sound = new ParameterValues(this, values);
    others.forEach(other -> other.check(sound, violations));
    return sound;
  }

  private void refuseUnknown(Set<String> names, List<Violation> violations) {
    for (String name : names) {
      if (!queryNames.contains(name) && violations.size() < MAX_VIOLATIONS) {
        violations.add(
            new Violation(
                In.QUERY, shortened(name), "unknown-parameter", "is not a known parameter"));
      }
    }
  }

  private static String shortened(String name) {
    return name.codePointCount(0, name.length()) <= MAX_NAME_LENGTH
        ? name
        : name.substring(0, name.offsetByCodePoints(0, MAX_NAME_LENGTH));
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    List<Fault> faults = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Parameter<?> parameter : allOf(endpoint)) {
      boolean fresh = names.add(parameter.name());
      if (parameter.in() == In.HEADER) {
        fresh &= headers.add(parameter.name());
      }
      if (!fresh) {
        faults.add(
            fault(
                endpoint,
                parameter,
                "must be declared once",
                "remove one of the two; a name means one thing within an endpoint"));
      }
      Pattern pattern = parameter.pattern();
      if (pattern != null) {
        RegexSafety.danger(pattern)
            .ifPresent(
                reason ->
                    faults.add(
                        new Fault(
                            endpoint.toString(),
                            parameter.toString(),
                            pattern.pattern(),
                            "must match in time proportional to the text, and " + reason,
                            UntypedParameter.SAFE_PATTERN_REMEDY)));
      }
      if (parameter.in() == In.PATH) {
        addPathFaults(endpoint, parameter, faults);
      }
    }
    return faults;
  }

  private static void addPathFaults(Endpoint endpoint, Parameter<?> parameter, List<Fault> faults) {
    if (!(endpoint.path() + "/").contains("/{" + parameter.name() + "}/")) {
      faults.add(
          fault(
              endpoint,
              parameter,
              "must be a variable of the path",
              "write {" + parameter.name() + "} in the path, or declare it by query(...)"));
    }
    if (!parameter.isRequired() || parameter.isRepeated()) {
      faults.add(
          fault(
              endpoint,
              parameter,
              "must not be optional, repeated or have a default",
              "a path that matches has exactly one value; leave it out"));
    }
  }

  @Override
  public void describe(OperationDescription operation) {
    all.forEach(parameter -> operation.parameter(parameter.description()));
    operation.refuses(ProblemType.INVALID_PARAMETERS, ProblemType.URI_TOO_LONG);
  }

  private static Fault fault(
      Endpoint endpoint, Parameter<?> parameter, String rule, String remedy) {
    return new Fault(endpoint.toString(), parameter.toString(), "", rule, remedy);
  }

  @Override
  public String toString() {
    return "Parameters " + all;
  }
}
