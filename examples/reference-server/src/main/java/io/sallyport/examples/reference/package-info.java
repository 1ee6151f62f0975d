/** The reference server: a billing API for many tenants, guarded by all Sallyport modules. */
@NullMarked
package io.sallyport.examples.reference;

import org.jspecify.annotations.NullMarked;
