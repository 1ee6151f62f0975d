package io.sallyport.security.testing;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A token in the making: acceptable as it is, so that each attack differs from an acceptable token
 * in one thing only.
 */
final class TestToken {
  static final String ISSUER = "https://idp.example";
  static final String AUDIENCE = "orders";
  static final JWKSet KEYS =
      new JWKSet(
          List.of(
              TestKeys.rsa("rsa-1", TestKeys.RSA),
              TestKeys.ec("ec-1", TestKeys.EC),
              TestKeys.ed25519("ed-1", TestKeys.ED25519)));

  private static final long NOW = FakeClock.START.getEpochSecond();

  private final Map<String, Object> header = new LinkedHashMap<>();
  private final Map<String, Object> claims = new LinkedHashMap<>();
  private UnaryOperator<String> headerJson = UnaryOperator.identity();
  private UnaryOperator<String> claimsJson = UnaryOperator.identity();

  private TestToken() {
    header.put("alg", "RS256");
    header.put("typ", "at+jwt");
    header.put("kid", "rsa-1");
    claims.put("iss", ISSUER);
    claims.put("sub", "ann");
    claims.put("aud", AUDIENCE);
    claims.put("iat", NOW);
    claims.put("exp", NOW + 300);
    claims.put("roles", List.of("viewer"));
  }

  static TestToken token() {
    return new TestToken();
  }

  TestToken header(String name, Object value) {
    header.put(name, value);
    return this;
  }

  TestToken withoutHeader(String name) {
    header.remove(name);
    return this;
  }

  TestToken claim(String name, Object value) {
    claims.put(name, value);
    return this;
  }

  TestToken without(String name) {
    claims.remove(name);
    return this;
  }

  /** A claim that is a date, {@code seconds} from the start of the clock. */
  TestToken date(String name, long seconds) {
    return claim(name, NOW + seconds);
  }

  TestToken headerJson(UnaryOperator<String> change) {
    headerJson = change;
    return this;
  }

  TestToken claimsJson(UnaryOperator<String> change) {
    claimsJson = change;
    return this;
  }

  /** Signed by the issuer with RS256, whatever the header says. */
  String signed() {
    return signed("RS256", TestKeys.RSA);
  }

  String signed(String algorithm, KeyPair pair) {
    String input = signingInput();
    return input + "." + base64(TestKeys.sign(algorithm, pair, input));
  }

  String signed(String algorithm, String keyId, KeyPair pair) {
    return header("alg", algorithm).header("kid", keyId).signed(algorithm, pair);
  }

  String signingInput() {
    return base64(headerJson.apply(JSONObjectUtils.toJSONString(header)))
        + "."
        + base64(claimsJson.apply(JSONObjectUtils.toJSONString(claims)));
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
