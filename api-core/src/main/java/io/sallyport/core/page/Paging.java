package io.sallyport.core.page;

import static io.sallyport.core.body.Parameter.query;
import static java.util.Objects.requireNonNull;

import io.sallyport.core.body.Parameter;
import io.sallyport.core.body.ParameterFacet;
import io.sallyport.core.body.QueryString;
import io.sallyport.core.describe.HeaderDescription;
import io.sallyport.core.describe.OperationDescription;
import io.sallyport.core.describe.ParameterDescription;
import io.sallyport.core.describe.ValueDescription;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.problem.ProblemType;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that lists in pages: {@code get("/v1/invoices").with(Paging.sortedBy("-issuedAt",
 * "id").max(100))}. Immutable.
 *
 * <p>It takes the query parameters {@code limit} and {@code cursor}, and {@code sort} where sorts
 * are allowed. A cursor is valid for the same endpoint and path variables, sort, caller, and all
 * other query parameters, and for an hour.
 *
 * <p>Each sort must end in a unique column, so that no two rows tie: {@code id}, or one that is
 * declared {@link #unique}. Unique means within what the handler lists, a tenant for example.
 */
public final class Paging implements ParameterFacet {
  /** The most rows of a page unless the endpoint says otherwise. */
  public static final int DEFAULT_MAX = 100;

  /** The rows of a page for which the client names no number, unless the endpoint does. */
  public static final int DEFAULT_SIZE = 20;

  // A page is held in memory as a whole; what is larger is an export, and is streamed.
  private static final int LARGEST_MAX = 1_000;
  private static final Duration LONGEST_LIFETIME = Duration.ofDays(31);
  private static final Pattern SORT_NAME = Pattern.compile("-?[A-Za-z][A-Za-z0-9_]{0,63}");

  static final String LIMIT = "limit";
  static final String CURSOR = "cursor";
  static final String SORT = "sort";
  static final Set<String> OWN = Set.of(LIMIT, CURSOR, SORT);

  private static final Parameter<String> CURSOR_PARAMETER =
      // Of any length and form: what is no cursor gets the answer of an invalid one.
      query(CURSOR).text(0, QueryString.MAX_LENGTH).optional();

  private final PagingDeclaration declared;
  private final Sort sort;
  private final Map<String, Sort> allowed;
  private final Parameter<Integer> limit;
  private final @Nullable Parameter<String> sortName;
  private final Set<String> unbound;

  private Paging(PagingDeclaration declared) {
    this.declared = declared;
    this.sort = declared.defaultSort();
    this.allowed = new LinkedHashMap<>();
    declared.allowed.keySet().forEach(name -> allowed.put(name, declared.allowedSort(name)));
    // A default beyond the maximum is a fault, and must not stop the others from being found.
    this.limit =
        query(LIMIT)
            .integer(1, declared.max)
            .withDefault(Math.min(declared.defaultSize, declared.max));
    this.sortName = allowed.isEmpty() ? null : sortName(allowed.keySet());
    this.unbound = new LinkedHashSet<>(declared.unbound);
    unbound.addAll(OWN);
  }

  /**
   * Pages in the order of {@code columns}, the most significant first; a minus sign makes one
   * descending. The last must be unique.
   */
  public static Paging sortedBy(String... columns) {
    PagingDeclaration declared = new PagingDeclaration();
    declared.columns.addAll(List.of(columns));
    return new Paging(declared);
  }

  /** This with pages of at most {@code rows} rows, 1 to 1,000. */
  public Paging max(int rows) {
    if (rows < 1 || rows > LARGEST_MAX) {
      throw new IllegalArgumentException(
          "max must be 1 to " + LARGEST_MAX + ", was " + rows + "; stream what is larger");
    }
    PagingDeclaration next = declared.copy();
    next.max = rows;
    return new Paging(next);
  }

  /** This with pages of {@code rows} rows where the client names no number. */
  public Paging defaultSize(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("defaultSize must be at least 1, was " + rows);
    }
    PagingDeclaration next = declared.copy();
    next.defaultSize = rows;
    return new Paging(next);
  }

  /**
   * This, where a client may ask for {@code sort=name}.
   *
   * @param columns as in {@link #sortedBy}. Without any, the name is the column, {@code number} or
   *     {@code -number}, and a unique column is appended in its direction unless it is unique.
   */
  public Paging allowSort(String name, String... columns) {
    if (!SORT_NAME.matcher(requireNonNull(name, "name")).matches()) {
      throw new IllegalArgumentException(
          "sort must be named by a letter, then up to 63 letters, digits and underscores, with or"
              + " without a minus sign before them, was \""
              + name
              + "\"");
    }
    PagingDeclaration next = declared.copy();
    next.allow(name, List.of(columns));
    return new Paging(next);
  }

  /** This, where each of {@code columns} is unique, besides {@code id}. */
  public Paging unique(String... columns) {
    PagingDeclaration next = declared.copy();
    next.unique.addAll(List.of(columns));
    return new Paging(next);
  }

  /** This, where rows without a value in one of {@code columns} come before all others. */
  public Paging nullsFirst(String... columns) {
    PagingDeclaration next = declared.copy();
    List.of(columns).forEach(column -> next.nulls.put(column, Nulls.FIRST));
    return new Paging(next);
  }

  /** This, where rows without a value in one of {@code columns} come after all others. */
  public Paging nullsLast(String... columns) {
    PagingDeclaration next = declared.copy();
    List.of(columns).forEach(column -> next.nulls.put(column, Nulls.LAST));
    return new Paging(next);
  }

  /**
   * This, where a cursor stays valid when the query parameters {@code names} change. Only for those
   * that choose what of a row is shown, never for one that chooses rows.
   */
  public Paging cursorNotBoundTo(String... names) {
    PagingDeclaration next = declared.copy();
    next.unbound.addAll(List.of(names));
    return new Paging(next);
  }

  /** This with cursors that live for {@code duration}, a second to 31 days. */
  public Paging cursorLifetime(Duration duration) {
    if (duration.toSeconds() < 1 || duration.compareTo(LONGEST_LIFETIME) > 0) {
      throw new IllegalArgumentException(
          "cursorLifetime must be a second to 31 days, was " + duration);
    }
    PagingDeclaration next = declared.copy();
    next.lifetime = duration;
    return new Paging(next);
  }

  /** The order where the client names no sort. */
  public Sort sort() {
    return sort;
  }

  Sort allowedSort(String name) {
    return requireNonNull(allowed.get(name), name);
  }

  /** The sorts that a client may name. */
  public Map<String, Sort> allowedSorts() {
    return Collections.unmodifiableMap(allowed);
  }

  /** The most rows of a page. */
  public int max() {
    return declared.max;
  }

  /** The rows of a page for which the client names no number. */
  public int defaultSize() {
    return declared.defaultSize;
  }

  Duration cursorLifetime() {
    return declared.lifetime;
  }

  Set<String> unbound() {
    return unbound;
  }

  Parameter<Integer> limit() {
    return limit;
  }

  Parameter<String> cursor() {
    return CURSOR_PARAMETER;
  }

  /** The parameter by which a client names a sort; {@code null} where none is allowed. */
  @Nullable Parameter<String> sortName() {
    return sortName;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return sortName == null
        ? List.of(limit, CURSOR_PARAMETER)
        : List.of(limit, CURSOR_PARAMETER, sortName);
  }

  @Override
  public void describe(OperationDescription operation) {
    ParameterFacet.super.describe(operation);
    operation
        .parameter(
            ParameterDescription.query(CURSOR, ValueDescription.text(0, QueryString.MAX_LENGTH))
                .text("From a page of this list, for the same caller and the same parameters."))
        .refuses(ProblemType.INVALID_CURSOR)
        .answerHeader(
            new HeaderDescription(
                "Link",
                ValueDescription.text(0, PageLinks.MAX_LENGTH),
                "The next, the previous and the first page, RFC 8288."))
        .note("Listed in pages, by " + sort + ".");
    if (!allowed.isEmpty()) {
      List<String> names = allowed.keySet().stream().sorted().toList();
      operation.parameter(ParameterDescription.query(SORT, ValueDescription.oneOf(names)));
      String each =
          names.stream()
              .map(name -> "`" + name + "` by " + allowedSort(name))
              .collect(Collectors.joining("; "));
      operation.note("Other orders: " + each + ".");
    }
  }

  @Override
  public List<Fault> faults(Endpoint endpoint) {
    return PagingFaults.of(endpoint, this, declared);
  }

  private static Parameter<String> sortName(Set<String> names) {
    // The names hold no character that means anything in a pattern.
    String alternatives = names.stream().sorted().collect(Collectors.joining("|"));
    return query(SORT).text(65, Pattern.compile("^(?:" + alternatives + ")$")).optional();
  }

  @Override
  public String toString() {
    return "Paging by " + sort;
  }
}
