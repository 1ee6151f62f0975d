package io.sallyport.core.body;

import io.sallyport.core.describe.BodyDescription;
import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A body that the {@link ValidationFilter} reads and checks. */
abstract sealed class DeclaredBody implements Facet, Described
    permits JsonBody, FormBody, PatchBody {
  // A body with a GET is request smuggling's favourite, and has no meaning: RFC 9110 section 9.3.
  private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

  /** The media type, in lower case and without parameters. */
  abstract String mediaType();

  /** The most bytes that the body may have. */
  abstract int maxBytes();

  /** The problem with a request that has no body. */
  abstract Problem missing();

  /** What {@code bytes} hold. */
  abstract Reading read(byte[] bytes);

  /** The request attribute that holds the value. */
  abstract String attribute();

  /** The type of the value. */
  abstract Class<?> target();

  /** Whether {@code other} may be declared beside this body, and the media type decides. */
  boolean goesWith(DeclaredBody other) {
    return false;
  }

  /** What a caller must know of the body. */
  abstract BodyDescription description();

  @Override
  public void describe(OperationDescription operation) {
    operation
        .takes(description())
        .refuses(
            ProblemType.BAD_REQUEST,
            ProblemType.MALFORMED_BODY,
            ProblemType.CONTENT_TOO_LARGE,
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            ProblemType.VALIDATION_FAILED);
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    List<Fault> faults = new ArrayList<>();
    if (BODILESS.contains(endpoint.method())) {
      faults.add(
          fault(
              endpoint,
              endpoint.method(),
              "must not be declared for a method whose body has no meaning",
              "use POST, PUT or PATCH, or take the input as query parameters"));
    }
    for (Facet other : endpoint.facets()) {
      if (other != this && other instanceof DeclaredBody body && !goesWith(body)) {
        // Which checks hold would be the choice of whoever writes the Content-Type.
        faults.add(
            fault(
                endpoint,
                other.toString(),
                "must be the only body of its endpoint",
                "keep one of the two, or declare endpoints at two paths"));
      }
    }
    String unbindable = definitionFault();
    if (unbindable != null) {
      faults.add(
          fault(
              endpoint,
              target().getName(),
              "must be of a type that JSON can be bound to: " + unbindable,
              "use a record of concrete types"));
    }
    String unchecked = Constraints.definitionFault(target());
    if (unchecked != null) {
      faults.add(
          fault(
              endpoint,
              target().getName(),
              "must have constraints that fit its fields: " + unchecked,
              "correct the annotations of the type"));
    }
    for (ConstraintPatterns.Unsafe unsafe : ConstraintPatterns.unsafe(target())) {
      faults.add(
          new Fault(
              endpoint.toString(),
              unsafe.place(),
              unsafe.pattern(),
              "must match in time proportional to the text, and " + unsafe.reason(),
              UntypedParameter.SAFE_PATTERN_REMEDY));
    }
    return faults;
  }

  /** What is wrong with the type; {@code null} if it can be bound. */
  abstract @Nullable String definitionFault();

  final Fault fault(Endpoint endpoint, String value, String rule, String remedy) {
    return new Fault(endpoint.toString(), getClass().getSimpleName(), value, rule, remedy);
  }

  /** What a body was found to hold. */
  sealed interface Reading {
    /** A checked value. */
    record Sound(Object value) implements Reading {}

    /** Something that is refused. */
    record Refused(Problem problem) implements Reading {}
  }
}
