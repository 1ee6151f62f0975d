/**
 * What the OpenAPI document says of the API as a whole. Start at {@link
 * io.sallyport.examples.reference.documentation.BillingDocumentation}.
 */
@NullMarked
package io.sallyport.examples.reference.documentation;

import org.jspecify.annotations.NullMarked;
