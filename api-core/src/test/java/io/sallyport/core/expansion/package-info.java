/** Expansion as a client and a database see it. */
@NullMarked
package io.sallyport.core.expansion;

import org.jspecify.annotations.NullMarked;
