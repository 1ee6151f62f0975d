/** Hostile paths, sent as they are. */
@NullMarked
package io.sallyport.core.paths;

import org.jspecify.annotations.NullMarked;
