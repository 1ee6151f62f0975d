package io.sallyport.core.body;

/**
 * How much of everything a JSON text may hold, RFC 8259 section 9. A text beyond any of these is
 * refused as malformed, before anything is bound.
 *
 * @param maxDepth how deep arrays and objects may nest
 * @param maxStringLength the longest string value, in UTF-16 units
 * @param maxNameLength the longest member name, in UTF-16 units
 * @param maxNumberLength the longest number, in characters
 * @param maxTokens how many tokens there may be: values, names, and ends of arrays and objects
 */
public record JsonLimits(
    int maxDepth, int maxStringLength, int maxNameLength, int maxNumberLength, int maxTokens) {
  /** 32 levels, strings of 16 Ki, names of 256, numbers of 128 characters, 10,000 tokens. */
  public static final JsonLimits DEFAULTS = new JsonLimits(32, 16_384, 256, 128, 10_000);

  public JsonLimits {
    requirePositive(maxDepth, "maxDepth");
    requirePositive(maxStringLength, "maxStringLength");
    requirePositive(maxNameLength, "maxNameLength");
    requirePositive(maxNumberLength, "maxNumberLength");
    requirePositive(maxTokens, "maxTokens");
    if (maxDepth > 500) {
      throw new IllegalArgumentException(
          "maxDepth must be at most 500, was " + maxDepth + "; binding recurses once a level");
    }
  }

  /** These limits with strings of up to {@code length} UTF-16 units. */
  public JsonLimits withMaxStringLength(int length) {
    return new JsonLimits(maxDepth, length, maxNameLength, maxNumberLength, maxTokens);
  }

  /** These limits with up to {@code tokens} tokens. */
  public JsonLimits withMaxTokens(int tokens) {
    return new JsonLimits(maxDepth, maxStringLength, maxNameLength, maxNumberLength, tokens);
  }

  /** These limits with up to {@code depth} levels. */
  public JsonLimits withMaxDepth(int depth) {
    return new JsonLimits(depth, maxStringLength, maxNameLength, maxNumberLength, maxTokens);
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, was " + value);
    }
  }
}
