package io.sallyport.security.token;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.describe.Described;
import io.sallyport.core.describe.HeaderDescription;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.describe.SecurityScheme;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;

/**
 * Authenticates the caller by a bearer token, RFC 6750, from one {@code Authorization} field and
 * nowhere else.
 *
 * <p>A request without credentials passes as anonymous; authorization refuses it unless its
 * endpoint is public. One with a token that is not acceptable is refused here, on public endpoints
 * too. When it cannot be decided the request is refused with 503, never treated as anonymous.
 */
public final class BearerTokenFilter extends Guard implements Described {
  private static final String SCHEME = "Bearer";
  private static final SecurityScheme DESCRIPTION =
      new SecurityScheme(
          "bearer",
          "bearer",
          "JWT",
          "An access token, RFC 6750, in one Authorization header field. Tokens are validated after"
              + " RFC8725: issuer, audience, expiry and a fixed choice of algorithms.");
  private static final HeaderDescription CHALLENGE =
      new HeaderDescription(
          "WWW-Authenticate", ValueDescription.text(0, 1024), "What credentials are asked for.");

  private final TokenValidator validator;
  private final Problem invalidToken;
  private final Problem invalidRequest;
  private final Problem otherScheme;

  /** Asks {@code validator}, with the realm {@code api}. */
  public BearerTokenFilter(TokenValidator validator) {
    this(validator, BearerChallenge.of("api"));
  }

  /** Asks {@code validator}, and refuses with {@code challenge}. */
  public BearerTokenFilter(TokenValidator validator, BearerChallenge challenge) {
    this.validator = requireNonNull(validator, "validator");
    this.invalidToken =
        Problem.of(ProblemType.INVALID_TOKEN).header("WWW-Authenticate", challenge.invalidToken());
    this.invalidRequest =
        Problem.of(ProblemType.BAD_REQUEST)
            .detail("Send one access token, in one Authorization header field.")
            .header("WWW-Authenticate", challenge.invalidRequest());
    this.otherScheme =
        Problem.of(ProblemType.UNAUTHENTICATED)
            .header("WWW-Authenticate", challenge.withoutCredentials());
  }

  @Override
  public Stage stage() {
    return Stage.AUTHENTICATE;
  }

  @Override
  public String name() {
    return "bearer-token";
  }

  @Override
  public void describe(OperationDescription operation) {
    operation
        .authenticatedBy(DESCRIPTION)
        .header(ProblemType.INVALID_TOKEN.status(), CHALLENGE)
        .refuses(
            ProblemType.BAD_REQUEST,
            ProblemType.UNAUTHENTICATED,
            ProblemType.INVALID_TOKEN,
            ProblemType.UNAVAILABLE);
  }

  @Override
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    if (QueryParameters.names(request.getQueryString()).contains("access_token")) {
      return Decision.refuse(invalidRequest).because("token-in-query");
    }
    Enumeration<String> fields = request.getHeaders("Authorization");
    if (fields == null || !fields.hasMoreElements()) {
      return Decision.pass().because("anonymous");
    }
    String credentials = fields.nextElement();
    if (fields.hasMoreElements() || credentials.indexOf(',') >= 0) {
      return Decision.refuse(invalidRequest).because("several-credentials");
    }
    int space = credentials.indexOf(' ');
    String scheme = space < 0 ? credentials : credentials.substring(0, space);
    if (!scheme.equalsIgnoreCase(SCHEME)) {
      return Decision.refuse(otherScheme).because("other-scheme");
    }
    return space < 0
        ? Decision.refuse(invalidRequest).because("no-token")
        : authenticate(exchange, request, credentials.substring(space + 1));
  }

  private Decision authenticate(Exchange exchange, HttpServletRequest request, String token) {
    TokenVerdict verdict;
    try {
      verdict = validator.validate(token);
    } catch (TokenValidatorUnavailableException e) {
      throw new ProblemException(Problem.of(ProblemType.UNAVAILABLE).header("Retry-After", "5"), e);
    }
    if (verdict instanceof TokenVerdict.Verified verified) {
      exchange.authenticated(verified.caller(), request);
      return Decision.pass();
    }
    String reason =
        verdict instanceof TokenVerdict.Rejected rejected ? rejected.reason() : "no-verdict";
    return Decision.refuse(invalidToken).because(reason);
  }
}
