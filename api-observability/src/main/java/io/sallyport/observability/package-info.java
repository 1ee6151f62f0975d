/**
 * What happened: the access log, traces, metrics, the audit trail and health. Each of these has a
 * package of its own below this one.
 */
@NullMarked
package io.sallyport.observability;

import org.jspecify.annotations.NullMarked;
