/** Tests of pages from outside: over HTTP, with rows in PostgreSQL. */
@org.jspecify.annotations.NullMarked
package io.sallyport.core.paging;
