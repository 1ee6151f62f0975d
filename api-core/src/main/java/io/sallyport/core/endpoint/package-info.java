/**
 * The endpoint table: what an application declares once, as data, and every guard reads.
 *
 * <p>Start at {@link io.sallyport.core.endpoint.Endpoints}, then {@link
 * io.sallyport.core.endpoint.Endpoint}. Nothing here knows the servlet API: paths come in as the
 * raw strings of the request line.
 */
@NullMarked
package io.sallyport.core.endpoint;

import org.jspecify.annotations.NullMarked;
