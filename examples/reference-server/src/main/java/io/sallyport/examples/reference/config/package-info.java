/**
 * The configuration, read from a file and the environment, and checked as a whole. Start at {@link
 * io.sallyport.examples.reference.config.ServerConfig}.
 */
@NullMarked
package io.sallyport.examples.reference.config;

import org.jspecify.annotations.NullMarked;
