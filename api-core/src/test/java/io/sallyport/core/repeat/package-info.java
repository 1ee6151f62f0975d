/** Requests and messages that come again. */
@NullMarked
package io.sallyport.core.repeat;

import org.jspecify.annotations.NullMarked;
