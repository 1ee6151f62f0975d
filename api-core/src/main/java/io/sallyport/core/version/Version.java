package io.sallyport.core.version;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.field.HttpDate;
import io.sallyport.core.field.Item;
import io.sallyport.core.problem.HeaderField;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One version of an API and its life: {@code Version.named("v1").deprecated(from).sunset(end)}.
 * Immutable. Times are whole seconds, since the fields that announce them are.
 *
 * @param name the name as it stands in the path or the media type
 * @param deprecation from when on clients should move, {@code Deprecation} of RFC 9745; may lie
 *     ahead
 * @param sunset from when on the version answers 410, {@code Sunset} of RFC 8594
 * @param links what else to tell with the dates
 */
public record Version(
    String name, Optional<Instant> deprecation, Optional<Instant> sunset, List<VersionLink> links) {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  public Version {
    if (!requireNonNull(name, "name").matches("[A-Za-z0-9][A-Za-z0-9._-]{0,31}")) {
      throw new IllegalArgumentException(
          "name must be 1 to 32 letters, digits, dots, hyphens and underscores, was " + name);
    }
    deprecation = deprecation.map(Version::checked);
    sunset = sunset.map(Version::checked);
    links = List.copyOf(links);
  }

  private static Instant checked(Instant time) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException("a date has a year of four digits, was " + time);
    }
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  /** A version that lives on. */
  public static Version named(String name) {
    return new Version(name, Optional.empty(), Optional.empty(), List.of());
  }

  /** This version, deprecated since or from {@code time} on. */
  public Version deprecated(Instant time) {
    return new Version(name, Optional.of(time), sunset, links);
  }

  /** This version, gone from {@code time} on: at that very second it answers 410. */
  public Version sunset(Instant time) {
    return new Version(name, deprecation, Optional.of(time), links);
  }

  /** This version with a page that tells of its deprecation. */
  public Version deprecationPage(String uri) {
    return with(new VersionLink("deprecation", uri));
  }

  /** This version with a page that tells of its sunset. */
  public Version sunsetPage(String uri) {
    return with(new VersionLink("sunset", uri));
  }

  /** This version with the version to move to, RFC 5829. */
  public Version successor(String uri) {
    return with(new VersionLink("successor-version", uri));
  }

  private Version with(VersionLink link) {
    List<VersionLink> more = new ArrayList<>(links);
    more.add(link);
    return new Version(name, deprecation, sunset, more);
  }

  /** Whether this version answers no longer at {@code now}. */
  public boolean isGone(Instant now) {
    return sunset.isPresent() && !now.isBefore(sunset.get());
  }

  /** The fields that tell of this version's life; none for one that lives on. */
  List<HeaderField> headers() {
    List<HeaderField> headers = new ArrayList<>();
    deprecation.ifPresent(
        time -> headers.add(new HeaderField("Deprecation", Item.date(time).serialise())));
    sunset.ifPresent(time -> headers.add(new HeaderField("Sunset", HttpDate.format(time))));
    links.forEach(link -> headers.add(new HeaderField("Link", link.toString())));
    return List.copyOf(headers);
  }
}
