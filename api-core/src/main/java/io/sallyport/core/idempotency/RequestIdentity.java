package io.sallyport.core.idempotency;

import io.sallyport.core.caller.Caller;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.exchange.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Which operation a request asks for, and what makes it the same request as another. */
final class RequestIdentity {
  private final List<String> attributes;

  /** Keys belong to the caller and to {@code attributes} of the caller. */
  RequestIdentity(List<String> attributes) {
    this.attributes = List.copyOf(attributes);
  }

  /** The operation that {@code key} names for this caller on this endpoint. */
  OperationId operation(Exchange exchange, Endpoint endpoint, IdempotencyKey key) {
    List<String> parts = new ArrayList<>();
    Optional<Caller> caller = exchange.caller();
    if (caller.isPresent()) {
      parts.add("caller");
      parts.add(caller.get().key());
      attributes.forEach(name -> addAttribute(parts, caller.get(), name));
    } else {
      parts.add("address");
      parts.add(exchange.clientAddress().clientKey());
    }
    parts.add(endpoint.method());
    parts.add(endpoint.id());
    parts.add(key.value());
    return OperationId.of(parts);
  }

  private static void addAttribute(List<String> parts, Caller caller, String name) {
    Object value = caller.attributes().get(name);
    parts.add(name);
    parts.add(value == null ? "absent" : "present");
    parts.add(value == null ? "" : value.toString());
  }

  /**
   * The fingerprint of a request.
   *
   * @param segments the decoded segments of the path: two spellings of one path are one request
   * @param fieldLines the lines of a header field
   */
  static Fingerprint fingerprint(
      List<String> segments,
      Optional<String> query,
      Function<String, List<String>> fieldLines,
      List<String> comparedFields,
      byte[] body) {
    List<String> texts = new ArrayList<>();
    texts.add(Integer.toString(segments.size()));
    texts.addAll(segments);
    texts.add(query.isPresent() ? "query" : "no query");
    texts.add(query.orElse(""));
    addField(texts, "Content-Type", fieldLines);
    addField(texts, "Content-Encoding", fieldLines);
    comparedFields.forEach(name -> addField(texts, name, fieldLines));
    return Fingerprint.of(texts, body);
  }

  private static void addField(
      List<String> texts, String name, Function<String, List<String>> fieldLines) {
    List<String> lines = fieldLines.apply(name);
    texts.add(name.toLowerCase(Locale.ROOT));
    texts.add(Integer.toString(lines.size()));
    texts.addAll(lines);
  }
}
