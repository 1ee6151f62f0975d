/** Tests of recorded responses, from outside their package. */
@NullMarked
package io.sallyport.core.recorded;

import org.jspecify.annotations.NullMarked;
