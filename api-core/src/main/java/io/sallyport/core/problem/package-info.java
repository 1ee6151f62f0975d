/**
 * How a failure looks from outside: RFC 9457 problem details from a fixed catalogue of types.
 *
 * <p>Start at {@link io.sallyport.core.problem.Problem}; the catalogue is {@link
 * io.sallyport.core.problem.ProblemType}.
 */
@NullMarked
package io.sallyport.core.problem;

import org.jspecify.annotations.NullMarked;
