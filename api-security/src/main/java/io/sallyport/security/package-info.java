/**
 * Who calls, and may they: tokens and their binding to a client, sessions, policies, the transport,
 * uploads and output. Each of these has a package of its own below this one.
 */
@NullMarked
package io.sallyport.security;

import org.jspecify.annotations.NullMarked;
