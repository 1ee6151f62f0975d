/**
 * What one can do with the domain: the use cases, each in one transaction of one tenant, and the
 * ports to storage that they need. Start at {@link
 * io.sallyport.examples.reference.application.InvoiceService}.
 */
@NullMarked
package io.sallyport.examples.reference.application;

import org.jspecify.annotations.NullMarked;
