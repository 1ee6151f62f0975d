/** What tests of filters need: a real server on a loopback port. */
@NullMarked
package io.sallyport.core.testing;

import org.jspecify.annotations.NullMarked;
