package io.sallyport.core.cache;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the current representation of a resource. Immutable.
 *
 * <p>A resource that exists may have a tag, a date, both or neither; one that does not exist has
 * none.
 */
public final class Validators {
  private static final Validators NONE = new Validators(false, null, null);
  private static final Validators UNKNOWN = new Validators(true, null, null);

  private final boolean exists;
  private final @Nullable ETag tag;
  private final @Nullable Instant lastModified;

  private Validators(boolean exists, @Nullable ETag tag, @Nullable Instant lastModified) {
    this.exists = exists;
    this.tag = tag;
    this.lastModified = lastModified;
  }

  /** There is no current representation. */
  public static Validators ofNothing() {
    return NONE;
  }

  /** There is one, and nothing tells it from another. */
  public static Validators ofUnversioned() {
    return UNKNOWN;
  }

  /** There is one, with this tag. */
  public static Validators of(ETag tag) {
    return new Validators(true, requireNonNull(tag, "tag"), null);
  }

  /** There is one, of this date. */
  public static Validators of(Instant lastModified) {
    return UNKNOWN.lastModified(lastModified);
  }

  /**
   * These with a date as well, cut to whole seconds as it is sent.
   *
   * @throws IllegalStateException for {@link #ofNothing}
   */
  public Validators lastModified(Instant instant) {
    if (!exists) {
      throw new IllegalStateException("what does not exist has no date");
    }
    return new Validators(true, tag, instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Whether there is a current representation. */
  public boolean exists() {
    return exists;
  }

  /** Its tag. */
  public Optional<ETag> tag() {
    return Optional.ofNullable(tag);
  }

  /** Its date. */
  public Optional<Instant> lastModified() {
    return Optional.ofNullable(lastModified);
  }
}
