/** Structured fields as RFC 9651 has them: parser, serialiser and the fields that we use. */
@NullMarked
package io.sallyport.core.structured;

import org.jspecify.annotations.NullMarked;
