package io.sallyport.core.describe;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.endpoint.Facet;

/**
 * What an endpoint does, for people.
 *
 * @param words a few words, such as {@code Issue an invoice}
 * @param text whatever else there is to know, in CommonMark; empty when nothing
 * @param tag the heading under which documents list it; empty when none
 */
public record Summary(String words, String text, String tag) implements Facet, Described {
  public Summary {
    requireNonNull(words, "words");
    requireNonNull(text, "text");
    requireNonNull(tag, "tag");
  }

  /** A summary in a few words. */
  public static Summary of(String words) {
    return new Summary(words, "", "");
  }

  /** This summary, and what else there is to know. */
  public Summary text(String commonMark) {
    return new Summary(words, commonMark, tag);
  }

  /** This summary, listed under {@code tag}. */
  public Summary tag(String tag) {
    return new Summary(words, text, tag);
  }

  @Override
  public boolean mustBeEnforced() {
    return false;
  }

  @Override
  public void describe(OperationDescription operation) {
    operation.summary(words);
    if (!text.isEmpty()) {
      operation.note(text);
    }
    if (!tag.isEmpty()) {
      operation.tag(tag);
    }
  }
}
