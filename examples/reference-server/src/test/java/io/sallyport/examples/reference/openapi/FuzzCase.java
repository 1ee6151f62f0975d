package io.sallyport.examples.reference.openapi;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One request.
 *
 * @param what what is odd about it
 * @param expected what must become of it
 * @param target path and query as they are sent
 * @param headers field lines besides Host, Authorization and Content-Length
 */
@SuppressWarnings("ArrayRecordComponent") // it is sent, and never compared
record FuzzCase(
    DocumentedOperation operation,
    String what,
    Expected expected,
    String target,
    List<String> headers,
    byte[] body) {
  enum Expected {
    /** The document allows it, so no rule of the document may refuse it. */
    VALID,
    /** It breaks a rule of the document. */
    REFUSED,
    /** The document leaves it open. */
    ANY
  }

  byte[] bytes(String host, String token) {
    StringBuilder head = new StringBuilder();
    head.append(operation.method()).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\n");
    head.append("Authorization: Bearer ").append(token).append("\r\n");
    headers.forEach(line -> head.append(line).append("\r\n"));
    if (body.length > 0 || operation.method().equals("POST")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("\r\n");
    byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return all;
  }

  @Override
  public String toString() {
    return operation.method() + " " + operation.path() + ", " + what + " (" + expected + ")";
  }
}
