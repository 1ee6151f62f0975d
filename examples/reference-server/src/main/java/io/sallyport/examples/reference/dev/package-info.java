/**
 * What makes a laptop enough to try the server: an issuer of access tokens and a certificate of our
 * own. Reached only under the {@code dev} profile.
 */
@NullMarked
package io.sallyport.examples.reference.dev;

import org.jspecify.annotations.NullMarked;
