package io.sallyport.core.version;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How the versions of an endpoint are told apart. Immutable and safe for concurrent use.
 *
 * <p>By path, an endpoint is of one version: {@code under("/v1", ...).with(Versioning.byPath(
 * Version.named("v1")))}. By media type, it has several, and the client names one in {@code
 * Accept}: {@code Versioning.byMediaType("application/vnd.acme", v1, v2)}. A client that names none
 * is refused with 406 unless the endpoint says {@link #fallbackTo}; there is no implicit default.
 */
public final class Versioning implements Facet, Described {
  private enum Form {
    PATH,
    SUBTYPE,
    PARAMETER
  }

  private final Form form;
  private final String mediaType;
  private final List<Version> versions;
  private final Optional<String> fallback;

  private Versioning(
      Form form, String mediaType, List<Version> versions, Optional<String> fallback) {
    this.form = form;
    this.mediaType = mediaType;
    this.versions = List.copyOf(versions);
    this.fallback = fallback;
  }

  /** The version whose name is a segment of the path. */
  public static Versioning byPath(Version version) {
    return new Versioning(Form.PATH, "", List.of(version), Optional.empty());
  }

  /**
   * Versions in the subtype: {@code application/vnd.acme} and a version {@code v2} are {@code
   * application/vnd.acme.v2+json}.
   */
  public static Versioning byMediaType(String vendorType, Version... versions) {
    if (!requireNonNull(vendorType, "vendorType").matches("application/vnd\\.[a-z0-9.-]{1,60}")) {
      throw new IllegalArgumentException(
          "vendorType must be application/vnd. and a name in lower case, was " + vendorType);
    }
    return new Versioning(Form.SUBTYPE, vendorType, Arrays.asList(versions), Optional.empty());
  }

  /**
   * Versions in a parameter of the media type: {@code application/json} and a version {@code 2} are
   * {@code application/json;version=2}.
   */
  public static Versioning byParameter(String mediaType, Version... versions) {
    if (!requireNonNull(mediaType, "mediaType").matches("application/[a-z0-9][a-z0-9.+-]{0,60}")) {
      throw new IllegalArgumentException(
          "mediaType must be application/ and a subtype in lower case, was " + mediaType);
    }
    return new Versioning(Form.PARAMETER, mediaType, Arrays.asList(versions), Optional.empty());
  }

  /**
   * These versions, where a client that names none gets {@code version}: one without {@code
   * Accept}, or with a wildcard, or, where versions are a parameter, without that parameter. A
   * client that names only versions that are not declared is refused all the same.
   */
  public Versioning fallbackTo(String version) {
    return new Versioning(form, mediaType, versions, Optional.of(version));
  }

  /** The versions, in the order of their declaration. */
  public List<Version> versions() {
    return versions;
  }

  /** The version of a client that names none, if that is allowed. */
  public Optional<String> fallback() {
    return fallback;
  }

  /** Whether the answer depends on {@code Accept}. */
  public boolean variesByAccept() {
    return form != Form.PATH;
  }

  /** What {@code version} is sent as; empty where the path tells the version. */
  public String mediaTypeOf(Version version) {
    return switch (form) {
      case PATH -> "";
      case SUBTYPE -> subtype(version);
      case PARAMETER -> mediaType + ";version=" + version.name();
    };
  }

  private String subtype(Version version) {
    return mediaType + "." + version.name().toLowerCase(Locale.ROOT) + "+json";
  }

  /** Chooses by the lines of {@code Accept}; pure. */
  Selection select(List<String> accept) {
    if (form == Form.PATH) {
      return chosen(versions.get(0));
    }
    List<AcceptRange> ranges = AcceptField.parse(accept);
    if (ranges == null) {
      return new Selection.Malformed();
    }
    Optional<Version> otherwise =
        versions.stream().filter(v -> fallback.equals(Optional.of(v.name()))).findFirst();
    if (ranges.isEmpty()) {
      return otherwise.map(this::chosen).orElseGet(Selection.None::new);
    }
    Optional<Version> best = Optional.empty();
    int bestQuality = 0;
    Set<Version> named = new HashSet<>();
    for (AcceptRange range : ranges) {
      for (Version version : versions) {
        if (names(range, version) && named.add(version) && range.quality() > bestQuality) {
          best = Optional.of(version);
          bestQuality = range.quality();
        }
      }
    }
    // A wildcard stands for the fallback, unless the client said something of that one itself.
    if (otherwise.isPresent()
        && !named.contains(otherwise.get())
        && unnamedQuality(ranges) > bestQuality) {
      best = otherwise;
    }
    return best.map(this::chosen).orElseGet(Selection.None::new);
  }

  private Selection chosen(Version version) {
    return new Selection.Chosen(version, mediaTypeOf(version));
  }

  private boolean names(AcceptRange range, Version version) {
    return form == Form.SUBTYPE
        ? range.type().equals(subtype(version))
        : range.type().equals(mediaType) && range.version().equals(Optional.of(version.name()));
  }

  /** The quality of a version that no range names: that of the most specific range it is in. */
  private int unnamedQuality(List<AcceptRange> ranges) {
    int quality = 0;
    int specificity = 0;
    for (AcceptRange range : ranges) {
      int specific = specificity(range);
      if (specific > specificity) {
        specificity = specific;
        quality = range.quality();
      }
    }
    return quality;
  }

  private int specificity(AcceptRange range) {
    if (form == Form.PARAMETER && range.type().equals(mediaType) && range.version().isEmpty()) {
      return 3;
    } else if (!range.isWildcardFor(mediaType)) {
      return 0;
    }
    return range.type().equals("*/*") ? 1 : 2;
  }

  @Override
  public void describe(OperationDescription operation) {
    VersionDescription.of(this, operation);
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    List<Fault> faults = new ArrayList<>();
    if (versions.isEmpty()) {
      faults.add(fault(endpoint, "", "must have a version", "declare at least one"));
    }
    Set<String> names = new HashSet<>();
    for (Version version : versions) {
      // By lower case, since media types are compared that way.
      if (!names.add(version.name().toLowerCase(Locale.ROOT))) {
        faults.add(
            fault(
                endpoint,
                version.name(),
                "must be declared once",
                "remove one of the two, or rename it"));
      }
      addLifeFaults(endpoint, version, faults);
    }
    if (form == Form.PATH && !hasSegment(endpoint.path(), versions.get(0).name())) {
      faults.add(
          fault(
              endpoint,
              versions.get(0).name(),
              "must be a segment of the path",
              "declare the endpoint under(\"/" + versions.get(0).name() + "\", ...)"));
    }
    fallback
        .filter(name -> form == Form.PATH || versions.stream().noneMatch(known(name)))
        .ifPresent(
            name ->
                faults.add(
                    fault(
                        endpoint,
                        name,
                        "must be one of the versions by media type, as a fallback",
                        "name a declared version in .fallbackTo(...), or leave it out")));
    return faults;
  }

  private static java.util.function.Predicate<Version> known(String name) {
    return version -> version.name().equals(name);
  }

  private static boolean hasSegment(String path, String name) {
    return (path + "/").contains("/" + name + "/");
  }

  private static void addLifeFaults(Endpoint endpoint, Version version, List<Fault> faults) {
    if (version.sunset().isPresent()
        && version.deprecation().isPresent()
        && version.sunset().get().isBefore(version.deprecation().get())) {
      faults.add(
          fault(
              endpoint,
              version.name() + " until " + version.sunset().get(),
              "must not end before it is deprecated, " + version.deprecation().get(),
              "give clients time: move the sunset behind the deprecation, RFC 9745 section 4"));
    }
  }

  private static Fault fault(Endpoint endpoint, String value, String rule, String remedy) {
    return new Fault(endpoint.toString(), "Versioning", value, rule, remedy);
  }

  @Override
  public String toString() {
    return "Versioning " + form.name().toLowerCase(Locale.ROOT) + " " + versions;
  }
}
