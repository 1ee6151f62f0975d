package io.sallyport.core.version;

import io.sallyport.core.describe.HeaderDescription;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.problem.ProblemType;
import java.util.List;

/** Tells callers of {@link Versioning}. It knows no clock, so it tells of what is announced. */
final class VersionDescription {
  private static final int HTTP_DATE_LENGTH = 29;

  private VersionDescription() {}

  static void of(Versioning facet, OperationDescription operation) {
    List<Version> versions = facet.versions();
    versions.forEach(version -> ofLife(version, operation));
    if (versions.stream().allMatch(version -> version.deprecation().isPresent())) {
      operation.deprecated();
    }
    if (facet.variesByAccept()) {
      operation
          .answeredAs(versions.stream().map(facet::mediaTypeOf).toList())
          .header(new HeaderDescription("Vary", ValueDescription.text(0, 1024), "`Accept`."))
          .refuses(ProblemType.BAD_REQUEST, ProblemType.NOT_ACCEPTABLE)
          .note(choice(facet));
    }
  }

  private static String choice(Versioning facet) {
    String types =
        String.join(
            ", ", facet.versions().stream().map(v -> "`" + facet.mediaTypeOf(v) + "`").toList());
    return "`Accept` names the version by its media type, one of "
        + types
        + facet.fallback().map(name -> "; a client that names none gets " + name).orElse("")
        + ".";
  }

  private static void ofLife(Version version, OperationDescription operation) {
    version
        .deprecation()
        .ifPresent(
            time ->
                operation
                    .header(
                        new HeaderDescription(
                            "Deprecation",
                            ValueDescription.text(2, 17).matching("^@-?[0-9]{1,15}$"),
                            "Since when the version is deprecated, RFC 9745."))
                    .note("Version " + version.name() + " is deprecated from " + time + " on."));
    version
        .sunset()
        .ifPresent(
            time ->
                operation
                    .header(
                        new HeaderDescription(
                            "Sunset",
                            ValueDescription.text(HTTP_DATE_LENGTH, HTTP_DATE_LENGTH),
                            "When the version ends, RFC 8594."))
                    .refuses(ProblemType.GONE)
                    .note("Version " + version.name() + " is gone from " + time + " on."));
    if (!version.links().isEmpty()) {
      operation.header(
          new HeaderDescription(
              "Link", ValueDescription.text(0, 8192), "What the version gives way to, RFC 8288."));
    }
  }
}
