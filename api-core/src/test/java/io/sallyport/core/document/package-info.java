/** The OpenAPI document, read as its readers do. */
package io.sallyport.core.document;
