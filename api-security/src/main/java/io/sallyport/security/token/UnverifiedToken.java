package io.sallyport.security.token;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JWS in compact form, RFC 7515 section 7.1, taken apart and nothing more: nobody has checked who
 * made it.
 *
 * <p>Strict, because what two parsers read in two ways can be signed as one thing and used as
 * another: three parts, base64url without padding, white space or stray trailing bits, JSON objects
 * without duplicate members.
 */
final class UnverifiedToken {
  /** The longest token, in characters. A header field of more would not reach us either. */
  static final int MAX_LENGTH = 8192;

  private static final ObjectReader OBJECTS =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxNumberLength(20)
                          .maxDocumentLength(MAX_LENGTH)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerForMapOf(Object.class);

  private final Map<String, Object> header;
  private final Map<String, Object> claims;
  private final String encodedHeader;
  private final byte[] signingInput;
  private final byte[] signature;

  private UnverifiedToken(
      Map<String, Object> header,
      Map<String, Object> claims,
      String encodedHeader,
      byte[] signingInput,
      byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.encodedHeader = encodedHeader;
    this.signingInput = signingInput;
    this.signature = signature;
  }

  /** Takes {@code token} apart; empty if it is not well-formed. */
  static Optional<UnverifiedToken> parse(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (token.length() > MAX_LENGTH
        || first <= 0
        || second < 0
        || token.indexOf('.', second + 1) >= 0) {
      return Optional.empty();
    }
    String encodedHeader = token.substring(0, first);
    try {
      return Optional.of(
          new UnverifiedToken(
              object(decode(encodedHeader)),
              object(decode(token.substring(first + 1, second))),
              encodedHeader,
              token.substring(0, second).getBytes(StandardCharsets.US_ASCII),
              decode(token.substring(second + 1))));
    } catch (IllegalArgumentException | CharacterCodingException | JacksonException e) {
      return Optional.empty();
    }
  }

  private static byte[] decode(String part) {
    byte[] bytes = Base64.getUrlDecoder().decode(part);
    // The decoder forgives padding and bits that encode nothing; writing it back does not.
    byte[] again = Base64.getUrlEncoder().withoutPadding().encode(bytes);
    if (bytes.length == 0 || !Arrays.equals(again, part.getBytes(StandardCharsets.ISO_8859_1))) {
      throw new IllegalArgumentException("not base64url in its only form");
    }
    return bytes;
  }

  private static Map<String, Object> object(byte[] json) throws CharacterCodingException {
    // UTF-8 and nothing else: the parser alone would guess UTF-16 or UTF-32 where it fits.
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    Map<String, Object> object = OBJECTS.readValue(text);
    if (object == null) {
      throw new IllegalArgumentException("not an object");
    }
    return object;
  }

  Map<String, Object> header() {
    return header;
  }

  Map<String, Object> claims() {
    return claims;
  }

  String encodedHeader() {
    return encodedHeader;
  }

  byte[] signingInput() {
    return signingInput;
  }

  byte[] signature() {
    return signature;
  }
}
