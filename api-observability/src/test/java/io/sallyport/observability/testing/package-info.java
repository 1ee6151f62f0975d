/** Tests of this module's public API, from outside and over HTTP. */
package io.sallyport.observability.testing;
