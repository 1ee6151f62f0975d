/** Tests of conditional requests and caches, from outside their package. */
@NullMarked
package io.sallyport.core.caching;

import org.jspecify.annotations.NullMarked;
