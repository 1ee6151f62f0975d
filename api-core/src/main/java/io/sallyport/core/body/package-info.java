/**
 * Input: bodies, path variables, query and header parameters, read within limits and checked before
 * any handler sees them.
 *
 * <p>Start at {@link io.sallyport.core.body.ValidationFilter}; endpoints declare their input by
 * {@link io.sallyport.core.body.JsonBody} and {@link io.sallyport.core.body.Parameters}.
 */
@NullMarked
package io.sallyport.core.body;

import org.jspecify.annotations.NullMarked;
