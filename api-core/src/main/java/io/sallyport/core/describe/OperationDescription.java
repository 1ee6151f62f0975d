package io.sallyport.core.describe;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.problem.ProblemType;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what the facets and guards of one endpoint tell. Told twice is told once: a parameter,
 * an answer or a problem of the same name replaces the earlier one, and so does a header field, of
 * which the texts are joined.
 *
 * <p>Not safe for concurrent use; lives as long as the document is made.
 */
public final class OperationDescription {
  private final Endpoint endpoint;
  private final Map<String, ParameterDescription> parameters = new LinkedHashMap<>();
  private final Map<String, BodyDescription> bodies = new LinkedHashMap<>();
  private final Map<Integer, AnswerDescription> answers = new TreeMap<>();
  private final Map<String, HeaderDescription> headers = new LinkedHashMap<>();
  private final Map<String, HeaderDescription> answerHeaders = new LinkedHashMap<>();
  private final Map<Integer, Map<String, HeaderDescription>> headersOf = new LinkedHashMap<>();
  private final Set<String> mediaTypes = new LinkedHashSet<>();
  private final Set<ProblemType> problems = new LinkedHashSet<>();
  private final Set<SecurityScheme> schemes = new LinkedHashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final Set<String> tags = new LinkedHashSet<>();
  private final Map<String, Object> extensions = new LinkedHashMap<>();
  private @Nullable String summary;
  private @Nullable String action;
  private boolean anonymous;
  private boolean deprecated;
  private boolean undocumented;

  /** A description of {@code endpoint} that says nothing yet. */
  public OperationDescription(Endpoint endpoint) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
  }

  /** The endpoint. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** What the operation does, in a few words. */
  public OperationDescription summary(String words) {
    summary = requireNonNull(words, "words");
    return this;
  }

  /** One more sentence on what a caller must know. */
  public OperationDescription note(String sentence) {
    notes.add(requireNonNull(sentence, "sentence"));
    return this;
  }

  /** A heading under which to list the operation. */
  public OperationDescription tag(String name) {
    tags.add(requireNonNull(name, "name"));
    return this;
  }

  /** An input in the path, the query or a header field. */
  public OperationDescription parameter(ParameterDescription parameter) {
    // Header fields have no case, RFC 9110 section 5.1.
    String name =
        parameter.in() == io.sallyport.core.problem.Violation.In.HEADER
            ? parameter.name().toLowerCase(java.util.Locale.ROOT)
            : parameter.name();
    parameters.put(parameter.in() + " " + name, parameter);
    return this;
  }

  /** A body that the operation takes; several are alternatives by media type. */
  public OperationDescription takes(BodyDescription body) {
    bodies.put(body.mediaType(), body);
    return this;
  }

  /** An answer that is no problem. */
  public OperationDescription answers(AnswerDescription answer) {
    answers.put(answer.status(), answer);
    return this;
  }

  /**
   * The media types as which each answer in JSON is sent, instead of {@code application/json}; for
   * whichever of them, the body is the one that is told of the answer.
   */
  public OperationDescription answeredAs(Collection<String> types) {
    mediaTypes.addAll(types);
    return this;
  }

  /** A header field that any answer or problem of the operation may have. */
  public OperationDescription header(HeaderDescription header) {
    add(headers, header);
    return this;
  }

  /** A header field that any answer of the operation may have, and no problem. */
  public OperationDescription answerHeader(HeaderDescription header) {
    add(answerHeaders, header);
    return this;
  }

  /** A header field that answers or problems of {@code status} may have. */
  public OperationDescription header(int status, HeaderDescription header) {
    add(headersOf.computeIfAbsent(status, any -> new LinkedHashMap<>()), header);
    return this;
  }

  // Several guards may use one field, Link for example, each for a purpose of its own.
  private static void add(Map<String, HeaderDescription> all, HeaderDescription header) {
    all.merge(header.name(), header, OperationDescription::joined);
  }

  private static HeaderDescription joined(HeaderDescription before, HeaderDescription after) {
    return before.text().contains(after.text())
        ? new HeaderDescription(after.name(), after.value(), before.text())
        : new HeaderDescription(
            after.name(), after.value(), (before.text() + " " + after.text()).strip());
  }

  /** Problems with which the operation can be refused. */
  public OperationDescription refuses(ProblemType... types) {
    problems.addAll(List.of(types));
    return this;
  }

  /** A way in which callers of the chain prove who they are. */
  public OperationDescription authenticatedBy(SecurityScheme scheme) {
    schemes.add(requireNonNull(scheme, "scheme"));
    return this;
  }

  /** The action that a caller must be allowed. */
  public OperationDescription requires(String name) {
    action = requireNonNull(name, "name");
    return this;
  }

  /** Says that no caller need prove who it is. */
  public OperationDescription openToEveryone() {
    anonymous = true;
    return this;
  }

  /** Says that callers should move away from the operation. */
  public OperationDescription deprecated() {
    deprecated = true;
    return this;
  }

  /** Leaves the operation out of documents. */
  public OperationDescription undocumented() {
    undocumented = true;
    return this;
  }

  /**
   * Something for machines that documents have no word for.
   *
   * @param name begins with {@code x-}
   * @param value of strings, numbers, booleans, and lists and maps of these
   */
  public OperationDescription extension(String name, Object value) {
    if (!name.startsWith("x-")) {
      throw new IllegalArgumentException("name must begin with x-, was \"" + name + "\"");
    }
    extensions.put(name, requireNonNull(value, "value"));
    return this;
  }

  /** The summary, if there is one. */
  public Optional<String> summary() {
    return Optional.ofNullable(summary);
  }

  /** All sentences, in order. */
  public Collection<String> notes() {
    return Collections.unmodifiableSet(notes);
  }

  /** All tags, in order. */
  public Collection<String> tags() {
    return Collections.unmodifiableSet(tags);
  }

  /** All parameters, in order. */
  public Collection<ParameterDescription> parameters() {
    return Collections.unmodifiableCollection(parameters.values());
  }

  /** The bodies that are taken. */
  public Collection<BodyDescription> bodies() {
    return Collections.unmodifiableCollection(bodies.values());
  }

  /** All answers, by status. */
  public Collection<AnswerDescription> answers() {
    return Collections.unmodifiableCollection(answers.values());
  }

  /** The media types as which {@code body} is sent. */
  public Collection<String> mediaTypes(BodyDescription body) {
    return mediaTypes.isEmpty() || !body.mediaType().equals("application/json")
        ? List.of(body.mediaType())
        : Collections.unmodifiableSet(mediaTypes);
  }

  /** The header fields of answers and problems of {@code status}. */
  public Collection<HeaderDescription> headers(int status) {
    Map<String, HeaderDescription> all = new LinkedHashMap<>(headers);
    if (status < 400) {
      answerHeaders.values().forEach(header -> add(all, header));
    }
    headersOf.getOrDefault(status, Map.of()).values().forEach(header -> add(all, header));
    return Collections.unmodifiableCollection(all.values());
  }

  /** All problem types, in the order of being told. */
  public Collection<ProblemType> problems() {
    return Collections.unmodifiableSet(problems);
  }

  /** The ways to prove who calls; empty when there is none. */
  public Collection<SecurityScheme> schemes() {
    return Collections.unmodifiableSet(schemes);
  }

  /** The action, if one is asked for. */
  public Optional<String> action() {
    return Optional.ofNullable(action);
  }

  /** Whether no caller need prove who it is. */
  public boolean isOpenToEveryone() {
    return anonymous;
  }

  /** Whether callers should move away. */
  public boolean isDeprecated() {
    return deprecated;
  }

  /** Whether documents leave it out. */
  public boolean isUndocumented() {
    return undocumented;
  }

  /** What documents have no word for. */
  public Map<String, Object> extensions() {
    return Collections.unmodifiableMap(extensions);
  }
}
