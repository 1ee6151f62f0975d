/**
 * Responses recorded while they are written: status, header fields and body, within a bound, also
 * of async and streamed answers. What replays a response, such as a cache, is built on it.
 *
 * <p>Start at {@link io.sallyport.core.recording.RecordingResponse}.
 */
@NullMarked
package io.sallyport.core.recording;

import org.jspecify.annotations.NullMarked;
