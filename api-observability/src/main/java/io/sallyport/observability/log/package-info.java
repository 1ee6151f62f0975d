/**
 * What the log tells: one structured line for each request, the id that joins it to every other
 * line, and no secret.
 *
 * <p>Start at {@link io.sallyport.observability.log.AccessLogFilter}; the form of a line is {@link
 * io.sallyport.observability.log.AccessLogEntry}, its schema {@code
 * io/sallyport/observability/access-log.schema.json} on the class path.
 */
@NullMarked
package io.sallyport.observability.log;

import org.jspecify.annotations.NullMarked;
