package io.sallyport.observability.log;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of text that is meant for a log: tokens in the form of a JWT, credentials after
 * {@code Bearer} and its like, values of {@code Authorization} and cookie fields, passwords and
 * other values named as secret, user information in URLs, and key material in PEM.
 *
 * <p>A last line of defence for text that others wrote, such as the message of a driver's
 * exception; it recognises the form of a secret, or its name, and nothing else. In doubt it takes
 * too much. Takes time linear in the length of the text, whatever the text, and never throws. As a
 * function of strings it can be plugged into a message converter of any log library. Immutable and
 * safe for concurrent use.
 */
public final class Redaction implements UnaryOperator<String> {
  /** What stands in the place of a secret. */
  public static final String REDACTED = "[redacted]";

  private static final int MAX_DESCRIPTION = 4_096;
  private static final int MAX_CAUSES = 8;

  /** Does the same as {@link #scrub}. */
  @Override
  public String apply(String text) {
    return scrub(text);
  }

  /** The text with {@link #REDACTED} in the place of each secret. */
  public static String scrub(String text) {
    return new SecretScanner(PemBlocks.scrub(text)).scrub();
  }

  /**
   * An exception and its causes in one line: types and scrubbed messages, of eight causes and 4,096
   * characters at most.
   */
  public static String describe(Throwable thrown) {
    StringBuilder line = new StringBuilder();
    Throwable at = thrown;
    for (int i = 0; at != null && i < MAX_CAUSES; i++) {
      line.append(i == 0 ? "" : "; caused by ").append(at.getClass().getName());
      String message = message(at);
      if (message != null) {
        // Whole before it is cut: half a secret might not be known for one.
        line.append(": ").append(scrub(message).replaceAll("\\p{Cntrl}", " "));
      }
      at = at.getCause();
    }
    return line.substring(0, Math.min(line.length(), MAX_DESCRIPTION));
  }

  private static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (RuntimeException e) {
      // Some exceptions compute their message, and fail at it.
      return "(no message: " + e.getClass().getName() + ")";
    }
  }
}
