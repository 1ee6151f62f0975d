package io.sallyport.core.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Link} header field of a page, RFC 8288. Targets are the path of the request, absolute,
 * with its query less the cursor: no host, which the client could have chosen. Immutable.
 */
final class PageLinks {
  /**
   * The longest field, in characters. The query is the client's, and comes back up to three times;
   * a container answers 500 to a header section that outgrows its buffer.
   */
  static final int MAX_LENGTH = 4096;

  private static final String UNRESERVED = "-._~";
  // RFC 3986 section 3.3, with the percent sign of what is escaped already.
  private static final String OF_A_PATH = UNRESERVED + "/%!$&'()*+,;=:@";

  private final String path;
  private final String query;

  private PageLinks(String path, String query) {
    this.path = path;
    this.query = query;
  }

  /**
   * The links of a request for {@code rawPath} with {@code query}.
   *
   * @param rawPath the path as it was sent, which the endpoint table has found safe
   */
  static PageLinks of(String rawPath, Map<String, List<String>> query) {
    StringBuilder text = new StringBuilder();
    query.forEach(
        (name, values) -> {
          if (!name.equals(Paging.CURSOR)) {
            values.forEach(value -> append(text, name, value));
          }
        });
    StringBuilder path = new StringBuilder(rawPath.length());
    escape(path, rawPath, OF_A_PATH);
    return new PageLinks(path.toString(), text.toString());
  }

  /** The value of the field; {@code null} where it would be too long. */
  @Nullable String field(@Nullable String next, @Nullable String previous) {
    int cursors = (next == null ? 0 : next.length()) + (previous == null ? 0 : previous.length());
    if (3L * (path.length() + query.length() + 32) + cursors > MAX_LENGTH) {
      return null;
    }
    StringBuilder field = new StringBuilder();
    link(field, next, "next");
    link(field, previous, "prev");
    target(field, query);
    field.append("; rel=\"first\"");
    return field.toString();
  }

  private void link(StringBuilder field, @Nullable String cursor, String relation) {
    if (cursor != null) {
      String before = query.isEmpty() ? "" : query + "&";
      target(field, before + Paging.CURSOR + "=" + cursor);
      field.append("; rel=\"").append(relation).append("\", ");
    }
  }

  private void target(StringBuilder field, String query) {
    field.append('<').append(path);
    if (!query.isEmpty()) {
      field.append('?').append(query);
    }
    field.append('>');
  }

  private static void append(StringBuilder query, String name, String value) {
    if (query.length() > 0) {
      query.append('&');
    }
    escape(query, name, UNRESERVED);
    query.append('=');
    escape(query, value, UNRESERVED);
  }

  // What could end the target, a quote or the field never comes through unescaped.
  private static void escape(StringBuilder to, String text, String plain) {
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || plain.indexOf(c) >= 0) {
        to.append(c);
      } else {
        to.append('%').append(hex(c >> 4)).append(hex(c & 0xF));
      }
    }
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
