package io.sallyport.examples.reference.application;

/** A caller was authenticated for a tenant that this service does not have; nothing was changed. */
public final class UnknownTenantException extends RuntimeException {}
