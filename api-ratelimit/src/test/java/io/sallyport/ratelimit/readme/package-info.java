/** The example of the README, compiled and run. */
@NullMarked
package io.sallyport.ratelimit.readme;

import org.jspecify.annotations.NullMarked;
