/**
 * Tenants, customers, products and invoices, with the rules that hold for them everywhere. Plain
 * Java; start at {@link io.sallyport.examples.reference.domain.Invoice}.
 */
@NullMarked
package io.sallyport.examples.reference.domain;

import org.jspecify.annotations.NullMarked;
