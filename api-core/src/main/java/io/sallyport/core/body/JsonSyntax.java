package io.sallyport.core.body;

import io.sallyport.core.problem.Problem;
import io.sallyport.core.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Whether bytes are one well-formed JSON text within {@link JsonLimits}. Immutable.
 *
 * <p>The whole text is checked before any of it is bound: whether a body is malformed must not
 * depend on the type it is bound to, and a field that nobody asked for is held to the same rules.
 */
final class JsonSyntax {
  // A double needs 308. A decimal with an exponent of a billion is cheap to parse and fills the
  // memory of whoever adds one to it.
  private static final int MAX_EXPONENT_DIGITS = 3;
  private static final Problem MALFORMED = Problem.of(ProblemType.MALFORMED_BODY);
  private static final Problem EMPTY = MALFORMED.detail("A JSON body is required.");

  private final JsonFactory json;
  private final int maxStringLength;

  JsonSyntax(JsonLimits limits, boolean duplicateNamesAllowed) {
    maxStringLength = limits.maxStringLength();
    json =
        JsonFactory.builder()
            .streamReadConstraints(constraints(limits))
            .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, !duplicateNamesAllowed)
            .build();
  }

  static StreamReadConstraints constraints(JsonLimits limits) {
    return StreamReadConstraints.builder()
        .maxNestingDepth(limits.maxDepth())
        .maxStringLength(limits.maxStringLength())
        .maxNameLength(limits.maxNameLength())
        .maxNumberLength(limits.maxNumberLength())
        .maxTokenCount(limits.maxTokens())
        .build();
  }

  /** The problem with {@code text}; {@code null} if there is none. */
  @Nullable Problem problemOf(byte[] text) {
    int fault = JsonText.firstFault(text);
    if (fault >= 0) {
      return malformedAt(text, fault);
    }
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), text)) {
      return problemOf(parser);
    } catch (StreamConstraintsException e) {
      return beyondLimits(e.getLocation());
    } catch (JacksonException e) {
      return malformed(e.getLocation());
    }
  }

  private @Nullable Problem problemOf(JsonParser parser) {
    JsonToken token = parser.nextToken();
    if (token == null) {
      return EMPTY;
    }
    int depth = 0;
    while (token != null) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_STRING) {
        // Decodes it, which is what checks its escapes.
        if (parser.getStringLength() > maxStringLength) {
          return beyondLimits(parser.currentTokenLocation());
        }
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT && isBeyondLimits(parser)) {
        return beyondLimits(parser.currentTokenLocation());
      }
      boolean ended = depth == 0;
      token = parser.nextToken();
      if (ended && token != null) {
        return malformed(parser.currentTokenLocation());
      }
    }
    return null;
  }

  private static boolean isBeyondLimits(JsonParser parser) {
    char[] text = parser.getStringCharacters();
    int from = parser.getStringOffset();
    int end = from + parser.getStringLength();
    int at = from;
    while (at < end && text[at] != 'e' && text[at] != 'E') {
      at++;
    }
    at++;
    while (at < end && (text[at] == '+' || text[at] == '-' || text[at] == '0')) {
      at++;
    }
    return end - at > MAX_EXPONENT_DIGITS;
  }

  private static Problem malformedAt(byte[] text, int offset) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < offset; i++) {
      column++;
      if (text[i] == '\n') {
        line++;
        column = 1;
      }
    }
    return malformed(new TokenStreamLocation(null, offset, line, column));
  }

  private static Problem malformed(@Nullable TokenStreamLocation location) {
    return MALFORMED.detail("The body is not well-formed JSON" + at(location) + ".");
  }

  private static Problem beyondLimits(@Nullable TokenStreamLocation location) {
    return MALFORMED.detail("The body exceeds a limit on JSON" + at(location) + ".");
  }

  // Numbers only: an excerpt of the source may be a secret, or an attack on whoever displays it.
  private static String at(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
