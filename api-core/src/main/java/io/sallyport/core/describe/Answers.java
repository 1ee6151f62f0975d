package io.sallyport.core.describe;

import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Facet;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.problem.ProblemType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the handler of an endpoint answers with: {@code Answers.with(201,
 * InvoiceView.class).header("Location").refusing(ProblemType.CONFLICT)}. Immutable.
 *
 * <p>For readers of the document only: no guard compares it with what is sent. A group makes it
 * mandatory by {@code requiring(Answers.class)}.
 */
public final class Answers implements Facet, Described {
  private final List<AnswerDescription> answers;
  private final List<ProblemType> problems;

  private Answers(List<AnswerDescription> answers, List<ProblemType> problems) {
    this.answers = answers;
    this.problems = problems;
  }

  /** {@code status} with a body written from {@code type}, as {@code application/json}. */
  public static Answers with(int status, Class<?> type) {
    return new Answers(List.of(json(status, type)), List.of());
  }

  /** {@code status} with a body written from the generic {@code type} of {@code arguments}. */
  public static Answers with(int status, Class<?> type, Class<?>... arguments) {
    return new Answers(List.of(json(status, GenericType.of(type, arguments))), List.of());
  }

  /** {@code status} without a body. */
  public static Answers withoutBody(int status) {
    return new Answers(List.of(AnswerDescription.of(status, text(status))), List.of());
  }

  /** These answers and those of {@code other}. */
  public Answers or(Answers other) {
    List<AnswerDescription> all = new ArrayList<>(answers);
    all.addAll(other.answers);
    List<ProblemType> types = new ArrayList<>(problems);
    types.addAll(other.problems);
    return new Answers(List.copyOf(all), List.copyOf(types));
  }

  /** These answers, the last of which has the header field {@code name}. */
  public Answers header(String name) {
    return header(new HeaderDescription(name, ValueDescription.text(0, 8192), ""));
  }

  /** These answers, the last of which has {@code header}. */
  public Answers header(HeaderDescription header) {
    List<AnswerDescription> all = new ArrayList<>(answers);
    AnswerDescription last = all.remove(all.size() - 1);
    List<HeaderDescription> headers = new ArrayList<>(last.headers());
    headers.add(header);
    all.add(new AnswerDescription(last.status(), last.text(), last.body(), headers));
    return new Answers(List.copyOf(all), problems);
  }

  /** These answers, or problems of {@code types} that the handler itself finds. */
  public Answers refusing(ProblemType... types) {
    List<ProblemType> all = new ArrayList<>(problems);
    all.addAll(List.of(types));
    return new Answers(answers, List.copyOf(all));
  }

  @Override
  public boolean mustBeEnforced() {
    return false;
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    long distinct = answers.stream().map(AnswerDescription::status).distinct().count();
    return distinct == answers.size()
        ? List.of()
        : List.of(
            new Fault(
                endpoint.toString(),
                "Answers",
                "",
                "must have one answer for each status",
                "remove one of the two"));
  }

  @Override
  public void describe(OperationDescription operation) {
    answers.forEach(operation::answers);
    problems.forEach(operation::refuses);
  }

  private static AnswerDescription json(int status, Type type) {
    BodyDescription body = BodyDescription.of("application/json", type);
    return new AnswerDescription(status, text(status), Optional.of(body), List.of());
  }

  private static String text(int status) {
    return switch (status) {
      case 200 -> "Done.";
      case 201 -> "Created.";
      case 202 -> "Accepted, and done later.";
      case 204 -> "Done; there is nothing to say.";
      case 304 -> "Not modified.";
      default -> "Status " + status + ".";
    };
  }
}
