/**
 * PostgreSQL: the embedded server, the migrations, the pool, and the repositories. Start at {@link
 * io.sallyport.examples.reference.infrastructure.Database}.
 */
@NullMarked
package io.sallyport.examples.reference.infrastructure;

import org.jspecify.annotations.NullMarked;
