package io.sallyport.core.field;

/**
 * The value of a structured field as a whole, RFC 9651 section 3: an item, a list or a dictionary.
 */
public sealed interface StructuredField permits Item, FieldList, FieldDictionary {
  /** The most characters that the lines of a field may have together: 64 KiB. */
  int MAX_LENGTH = 64 * 1024;

  /** The most members that a list or a dictionary may have, the least that RFC 9651 allows. */
  int MAX_MEMBERS = 1024;

  /** The most items of an inner list, the least that RFC 9651 allows. */
  int MAX_INNER_ITEMS = 256;

  /** The most parameters of one item or inner list, the least that RFC 9651 allows. */
  int MAX_PARAMETERS = 256;

  /**
   * The value in its canonical form, section 4.1. Empty for an empty list or dictionary, which says
   * that the field is not to be sent.
   */
  String serialise();
}
