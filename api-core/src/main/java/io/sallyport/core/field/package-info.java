/**
 * Structured fields, RFC 9651: the header fields that hold lists, dictionaries and items of eight
 * types, read strictly and written in the one canonical form.
 *
 * <p>Start at {@link io.sallyport.core.field.StructuredField}. Values are immutable and hold only
 * what can be written; {@code parse} of {@link io.sallyport.core.field.Item}, {@link
 * io.sallyport.core.field.FieldList} and {@link io.sallyport.core.field.FieldDictionary} takes the
 * lines of a field as the client sent them. {@link io.sallyport.core.field.HttpDate} is for the
 * older fields with dates. Nothing here knows the servlet API.
 */
@NullMarked
package io.sallyport.core.field;

import org.jspecify.annotations.NullMarked;
