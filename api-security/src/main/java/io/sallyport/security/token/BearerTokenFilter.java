package io.sallyport.security.token;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.exchange.Exchange;
import io.sallyport.core.exchange.Stage;
import io.sallyport.core.filter.Decision;
import io.sallyport.core.filter.Guard;
import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemException;
import io.sallyport.core.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.regex.Pattern;

/**
 * Authenticates the caller by a bearer token, RFC 6750, from one {@code Authorization} field and
 * nowhere else.
 *
 * <p>A request without credentials passes as anonymous; authorization refuses it unless its
 * endpoint is public. One with a token that is not acceptable is refused here, on public endpoints
 * too. When it cannot be decided the request is refused with 503, never treated as anonymous.
 */
public final class BearerTokenFilter extends Guard {
  private static final String SCHEME = "Bearer ";

  // In a query a token ends up in logs, histories and Referer fields.
  private static final Pattern TOKEN_IN_QUERY =
      Pattern.compile("(^|&)access_token=", Pattern.CASE_INSENSITIVE);

  private final TokenValidator validator;
  private final Problem invalidToken;
  private final Problem invalidRequest;

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
  protected Decision decide(Exchange exchange, HttpServletRequest request) {
    String query = request.getQueryString();
    if (query != null && TOKEN_IN_QUERY.matcher(query).find()) {
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
    if (!credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Decision.refuse(invalidToken).because("other-scheme");
    }
    return authenticate(exchange, request, credentials.substring(SCHEME.length()));
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
    String reason = verdict instanceof TokenVerdict.Rejected rejected ? rejected.reason() : "none";
    return Decision.refuse(invalidToken).because(reason);
  }
}
