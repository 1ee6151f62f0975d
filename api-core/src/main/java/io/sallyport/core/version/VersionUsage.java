package io.sallyport.core.version;

/**
 * Counts who uses which version, so that one can be switched off without surprising anybody.
 *
 * <p>Implementations must be safe for concurrent use, must not block, and must bound what they
 * keep: callers are many.
 */
@FunctionalInterface
public interface VersionUsage {
  /** Stands for no caller: nobody was authenticated, as on a version that is gone. */
  String ANONYMOUS = "-";

  /** Stands for every caller for whom there was no room. */
  String OTHERS = "*";

  /** Stands for the version of a request that named none that is declared. */
  String UNKNOWN = "-";

  /**
   * Counts one request.
   *
   * @param version the name of the version, or {@link #UNKNOWN}
   * @param endpoint the id of the endpoint
   * @param caller the key of the caller, or {@link #ANONYMOUS}
   */
  void used(String version, String endpoint, String caller);
}
