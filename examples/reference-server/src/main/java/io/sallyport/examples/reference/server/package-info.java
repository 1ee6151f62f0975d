/**
 * Jetty: the connector with TLS and HTTP/2, what it answers on its own, and how it drains. Start at
 * {@link io.sallyport.examples.reference.server.HttpsServer}.
 */
@NullMarked
package io.sallyport.examples.reference.server;

import org.jspecify.annotations.NullMarked;
