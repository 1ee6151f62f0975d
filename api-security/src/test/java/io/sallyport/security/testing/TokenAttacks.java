package io.sallyport.security.testing;

import static io.sallyport.security.testing.TestToken.base64;
import static io.sallyport.security.testing.TestToken.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that must not be accepted, each with the code under which it is refused. */
final class TokenAttacks {
  /** What is attacked, the token, and the reason code that the log shows. */
  record Attack(String name, String token, String reason) {
    @Override
    public String toString() {
      return name + " -> " + reason;
    }
  }

  private final List<Attack> attacks = new ArrayList<>();

  private TokenAttacks() {}

  /** Every attack; {@code trap} is a URL that must never be fetched. */
  static List<Attack> all(String trap) {
    TokenAttacks all = new TokenAttacks();
    all.algorithms();
    all.keys(trap);
    all.types();
    all.claims();
    all.dates();
    all.forms();
    return all.attacks;
  }

  private void add(String name, String token, String reason) {
    attacks.add(new Attack(name, token, reason));
  }

  private void algorithms() {
    for (String none : List.of("none", "None", "NONE", "nOnE", "none ", "")) {
      String input = token().header("alg", none).signingInput();
      add("alg '" + none + "' without signature", input + ".", "malformed");
      add("alg '" + none + "' with a signature", input + "." + base64("x"), "algorithm");
    }
    String hs256 = token().header("alg", "HS256").signingInput();
    byte[] der = TestKeys.RSA.getPublic().getEncoded();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END PUBLIC KEY-----\n";
    add("HS256 with the public key, DER", hmac(hs256, der), "algorithm");
    add("HS256 with the public key, PEM", hmac(hs256, bytes(pem)), "algorithm");
    add(
        "HS256 with the public key, JWK",
        hmac(hs256, bytes(TestKeys.rsa("rsa-1", TestKeys.RSA).toString())),
        "algorithm");
    add("alg RS384, not allowed", token().header("alg", "RS384").signed(), "algorithm");
    add("alg missing", token().withoutHeader("alg").signed(), "algorithm");
    add("alg a number", token().header("alg", 256).signed(), "algorithm");
    add("alg in lower case", token().header("alg", "rs256").signed(), "algorithm");
    String es256 = token().header("alg", "ES256").header("kid", "ec-1").signingInput();
    add("psychic signature", es256 + "." + base64(new byte[64]), "bad-signature");
    String eddsa = token().header("alg", "EdDSA").header("kid", "ed-1").signingInput();
    add("all-zero EdDSA signature", eddsa + "." + base64(new byte[64]), "bad-signature");
    add("short EdDSA signature", eddsa + "." + base64(new byte[3]), "bad-signature");
    add("RS256 under an EC key", token().header("kid", "ec-1").signed(), "unknown-key");
    add(
        "ES256 under an RSA key",
        token().header("alg", "ES256").signed("ES256", TestKeys.EC),
        "unknown-key");
    add(
        "RS256 signature said to be PS256",
        token().header("alg", "PS256").signed(),
        "bad-signature");
  }

  private void keys(String trap) {
    add(
        "another key under a known kid",
        token().signed("RS256", TestKeys.ATTACKER_RSA),
        "bad-signature");
    add(
        "another key without kid",
        token().withoutHeader("kid").signed("RS256", TestKeys.ATTACKER_RSA),
        "bad-signature");
    Object attackers = TestKeys.rsa("rsa-1", TestKeys.ATTACKER_RSA).toJSONObject();
    for (Map.Entry<String, Object> header :
        Map.of(
                "jwk",
                attackers,
                "jku",
                trap,
                "x5u",
                trap,
                "x5c",
                List.of("AAAA"),
                "crit",
                List.of("exp"),
                "b64",
                false,
                "zip",
                "DEF")
            .entrySet()) {
      add(
          header.getKey() + " in the header",
          token().header(header.getKey(), header.getValue()).signed("RS256", TestKeys.ATTACKER_RSA),
          "header-parameter");
      add(
          header.getKey() + " in the header, signed by the issuer",
          token().header(header.getKey(), header.getValue()).signed(),
          "header-parameter");
    }
    add("empty crit", token().header("crit", List.of()).signed(), "header-parameter");
    for (String kid : List.of("../../dev/null", "' OR 1=1 --", "rsa-2", "RSA-1", trap)) {
      add("kid " + kid, token().header("kid", kid).signed(), "unknown-key");
    }
    add("kid a number", token().header("kid", 1).signed(), "key-id");
    add("kid empty", token().header("kid", "").signed(), "key-id");
    add("kid of 257 characters", token().header("kid", "k".repeat(257)).signed(), "key-id");
  }

  private void types() {
    for (String type : List.of("JWT", "dpop+jwt", "logout+jwt", "at+jwt ", "at", "jws", "")) {
      add("typ '" + type + "'", token().header("typ", type).signed(), "type");
    }
    add("typ missing", token().withoutHeader("typ").signed(), "type");
    add("typ a list", token().header("typ", List.of("at+jwt")).signed(), "type");
  }

  private void claims() {
    add("iss missing", token().without("iss").signed(), "issuer");
    for (String issuer :
        List.of("https://idp.example/", "https://IDP.example", "https://evil.example", "")) {
      add("iss '" + issuer + "'", token().claim("iss", issuer).signed(), "issuer");
    }
    add("iss a list", token().claim("iss", List.of(TestToken.ISSUER)).signed(), "issuer");
    add("aud missing", token().without("aud").signed(), "audience");
    for (String audience : List.of("orders2", "order", "ORDERS", "orders ", "*", "")) {
      add("aud '" + audience + "'", token().claim("aud", audience).signed(), "audience");
    }
    add("aud list of others", token().claim("aud", List.of("a", "b")).signed(), "audience");
    add("aud nested", token().claim("aud", List.of(List.of("orders"))).signed(), "audience");
    add("sub missing", token().without("sub").signed(), "subject");
    add("sub blank", token().claim("sub", "  ").signed(), "subject");
    add("sub a number", token().claim("sub", 1).signed(), "subject");
    add("sub of 513 characters", token().claim("sub", "s".repeat(513)).signed(), "subject");
  }

  private void dates() {
    add("exp missing", token().without("exp").signed(), "expiry-missing");
    add("exp a string", token().claim("exp", "4102444800").signed(), "expiry-missing");
    add("exp a list", token().claim("exp", List.of(4102444800L)).signed(), "expiry-missing");
    add("exp negative", token().claim("exp", -1).signed(), "expiry-missing");
    add("exp beyond year 9999", token().claim("exp", 9e15).signed(), "expiry-missing");
    add("exp that overflows", token().claim("exp", Long.MAX_VALUE).signed(), "expiry-missing");
    add("expired", token().date("exp", -3600).signed(), "expired");
    // The default tolerance is 30 seconds: at that very second it is over.
    add("exp at the end of the tolerance", token().date("exp", -30).signed(), "expired");
    add("nbf in the future", token().date("nbf", 31).signed(), "not-yet-valid");
    add("nbf a string", token().claim("nbf", "0").signed(), "not-yet-valid");
    add("iat in the future", token().date("iat", 31).signed(), "not-yet-valid");
    add("iat a string", token().claim("iat", "0").signed(), "not-yet-valid");
  }

  private void forms() {
    String valid = token().signed();
    String[] parts = valid.split("\\.", -1);
    add("two parts", parts[0] + "." + parts[1], "malformed");
    add("four parts", valid + ".x", "malformed");
    add("five parts, as a JWE has", valid + ".x.x", "malformed");
    add("empty header", "." + parts[1] + "." + parts[2], "malformed");
    add("empty claims", parts[0] + ".." + parts[2], "malformed");
    add("padded", valid + "==", "malformed");
    add("padded header", parts[0] + "=." + parts[1] + "." + parts[2], "malformed");
    add("space inside", parts[0] + ". " + parts[1] + "." + parts[2], "malformed");
    add("two spaces before", " " + valid, "malformed");
    add("standard base64", valid.substring(0, valid.length() - 4) + "+/+/", "malformed");
    // 256 bytes of signature leave four bits of the last character that encode nothing.
    add("stray trailing bits", valid.substring(0, valid.length() - 1) + "x", "malformed");
    add("JSON serialization", "{\"payload\":\"" + parts[1] + "\"}", "malformed");
    add(
        "duplicate alg",
        token().headerJson(json -> json.replace("{", "{\"alg\":\"none\",")).signed(),
        "malformed");
    add(
        "duplicate sub",
        token().claimsJson(json -> json.replace("{", "{\"sub\":\"root\",")).signed(),
        "malformed");
    add(
        "duplicate sub, escaped",
        token().claimsJson(json -> json.replace("{", "{\"s\\u0075b\":\"root\",")).signed(),
        "malformed");
    add("header an array", token().headerJson(json -> "[" + json + "]").signed(), "malformed");
    add("header null", token().headerJson(json -> "null").signed(), "malformed");
    add("claims a string", token().claimsJson(json -> "\"x\"").signed(), "malformed");
    add("claims no JSON", token().claimsJson(json -> "hello").signed(), "malformed");
    add("more after the claims", token().claimsJson(json -> json + "{}").signed(), "malformed");
    add("comment in the claims", token().claimsJson(json -> "/**/" + json).signed(), "malformed");
    add(
        "deeply nested claims",
        token().claimsJson(json -> "{\"x\":" + "[".repeat(500) + "]".repeat(500) + "}").signed(),
        "malformed");
    add("claims in UTF-16", resigned(parts[0] + "." + base64(utf16(parts[1]))), "malformed");
    add(
        "claims not UTF-8",
        resigned(parts[0] + "." + base64(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})),
        "malformed");
    add("over 8 KiB", token().claim("x", "x".repeat(8192)).signed(), "malformed");
  }

  private static String resigned(String input) {
    return input + "." + base64(TestKeys.sign("RS256", TestKeys.RSA, input));
  }

  private static byte[] utf16(String part) {
    String json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    return json.getBytes(StandardCharsets.UTF_16BE);
  }

  private static String hmac(String input, byte[] secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return input + "." + base64(mac.doFinal(bytes(input)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
