package io.sallyport.core.page;

import io.sallyport.core.body.Parameters;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.problem.Violation.In;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with a {@link Paging} on an endpoint. */
final class PagingFaults {
  private final Endpoint endpoint;
  private final PagingDeclaration declared;
  private final List<Fault> faults = new ArrayList<>();

  private PagingFaults(Endpoint endpoint, PagingDeclaration declared) {
    this.endpoint = endpoint;
    this.declared = declared;
  }

  static List<Fault> of(Endpoint endpoint, Paging paging, PagingDeclaration declared) {
    PagingFaults faults = new PagingFaults(endpoint, declared);
    faults.checkMethod();
    faults.checkSize();
    faults.checkSort("sortedBy", paging.sort());
    paging.allowedSorts().forEach((name, sort) -> faults.checkSort("sort " + name, sort));
    faults.checkNulls(paging);
    faults.checkUnbound();
    return List.copyOf(faults.faults);
  }

  private void checkMethod() {
    if (!endpoint.method().equals("GET")) {
      add(
          "method",
          endpoint.method(),
          "must be GET",
          "a filter in a body is not seen by a cursor; take it as query parameters");
    }
  }

  private void checkSize() {
    if (declared.defaultSize > declared.max) {
      add(
          "defaultSize",
          Integer.toString(declared.defaultSize),
          "must be at most max, which is " + declared.max,
          "lower defaultSize or raise max");
    }
  }

  private void checkSort(String field, Sort sort) {
    Set<String> names = new HashSet<>();
    List<SortColumn> columns = sort.columns();
    if (!columns.stream().allMatch(column -> names.add(column.name()))) {
      add(field, sort.toString(), "must name each column once", "remove the second");
    }
    SortColumn last = columns.get(columns.size() - 1);
    if (!declared.unique.contains(last.name())) {
      add(
          field,
          sort.toString(),
          "must end in a unique column, or rows that tie are skipped and repeated",
          "append \"id\", or say .unique(\"" + last.name() + "\") if no two rows share one");
    } else if (last.nullable()) {
      add(
          field,
          sort.toString(),
          "must end in a column that always has a value, since nulls tie",
          "append another unique column, or remove the nulls of " + last.name());
    }
    for (SortColumn column : columns.subList(0, columns.size() - 1)) {
      if (declared.unique.contains(column.name()) && !column.nullable()) {
        add(
            field,
            sort.toString(),
            "must have nothing behind the unique column " + column.name(),
            "remove what is behind it; it never decides");
      }
    }
  }

  private void checkNulls(Paging paging) {
    Set<String> sorted = new HashSet<>();
    paging.sort().columns().forEach(column -> sorted.add(column.name()));
    paging
        .allowedSorts()
        .values()
        .forEach(sort -> sort.columns().forEach(column -> sorted.add(column.name())));
    for (String name : declared.nulls.keySet()) {
      if (!sorted.contains(name)) {
        add("nulls", name, "must be a column that is sorted by", "correct the name, or remove it");
      }
    }
  }

  private void checkUnbound() {
    Optional<Parameters> parameters = endpoint.facet(Parameters.class);
    for (String name : declared.unbound) {
      if (Paging.OWN.contains(name)) {
        add("cursorNotBoundTo", name, "must not be a parameter of paging itself", "remove it");
      } else if (parameters.isPresent() && !takes(name)) {
        add(
            "cursorNotBoundTo",
            name,
            "must be a query parameter that the endpoint takes",
            "correct the name, or declare it by Parameters");
      }
    }
  }

  private boolean takes(String name) {
    return Parameters.allOf(endpoint).stream()
        .anyMatch(parameter -> parameter.in() == In.QUERY && parameter.name().equals(name));
  }

  private void add(String field, String value, String rule, String remedy) {
    faults.add(new Fault(endpoint.toString(), "Paging " + field, value, rule, remedy));
  }
}
