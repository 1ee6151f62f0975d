package io.sallyport.core.endpoint;

/** What {@link Endpoints#of} takes: a single endpoint, or a group of them. */
public sealed interface Declaration permits Endpoint, EndpointGroup {}
