/**
 * Whether a regular expression is safe to run on what a client sends. Start at {@link
 * io.sallyport.core.regex.RegexSafety}.
 */
@NullMarked
package io.sallyport.core.regex;

import org.jspecify.annotations.NullMarked;
