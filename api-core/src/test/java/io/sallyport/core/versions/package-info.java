/** Versions as a client and an operator see them, through a real server. */
@NullMarked
package io.sallyport.core.versions;

import org.jspecify.annotations.NullMarked;
