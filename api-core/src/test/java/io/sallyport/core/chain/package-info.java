/** The chain, its problems and its dispatches, through a real server. */
@NullMarked
package io.sallyport.core.chain;

import org.jspecify.annotations.NullMarked;
