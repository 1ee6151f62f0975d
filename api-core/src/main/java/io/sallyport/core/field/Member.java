package io.sallyport.core.field;

/** A member of a list or a dictionary, RFC 9651 sections 3.1 and 3.2. */
public sealed interface Member permits Item, InnerList {
  /** The parameters, in order. */
  FieldParameters parameters();
}
