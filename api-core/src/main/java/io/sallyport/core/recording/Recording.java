package io.sallyport.core.recording;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of a recorded response: all of it, or the reason why there is no more to be had. */
public sealed interface Recording {
  /** A whole response. Immutable, as long as nobody writes to its {@link #body}. */
  final class Complete implements Recording {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /** A response; {@code body} is not copied. */
    public Complete(int status, Map<String, List<String>> headers, byte[] body) {
      Map<String, List<String>> sorted = new TreeMap<>();
      headers.forEach(
          (name, values) -> sorted.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
      this.status = status;
      this.headers = Collections.unmodifiableMap(sorted);
      this.body = requireNonNull(body, "body");
    }

    /** The status. */
    public int status() {
      return status;
    }

    /**
     * The fields that the handler set, by lower-case name; without those that were there before it
     * and those that belong to a connection.
     */
    public Map<String, List<String>> headers() {
      return headers;
    }

    /**
     * The body as the handler wrote it, also for {@code HEAD}; not copied, so never to be changed.
     */
    public byte[] body() {
      return body;
    }

    /** The values of a field, in their order; empty where there is none. */
    public List<String> values(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** This response with a field, which replaces one of the same name. */
    public Complete with(String name, String value) {
      Map<String, List<String>> more = new TreeMap<>(headers);
      more.put(name.toLowerCase(Locale.ROOT), List.of(value));
      return new Complete(status, more, body);
    }

    @Override
    public String toString() {
      return status + ", " + body.length + " bytes";
    }
  }

  /** Not the whole response; what there was is discarded. */
  enum Incomplete implements Recording {
    /** The body is larger than the bound. */
    TOO_LARGE,
    /** The handler failed or timed out, the client vanished, or the body was cut short. */
    ABORTED,
    /** Something was sent that cannot be recorded, such as trailer fields. */
    NOT_RECORDABLE
  }
}
