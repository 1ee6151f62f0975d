package io.sallyport.examples.reference.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sallyport.examples.reference.application.Page;
import io.sallyport.examples.reference.application.PageQuery;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next what to give as {@code after} to get the next page; absent on the last one
 */
record PageView<T>(
    @Size(max = PageQuery.MAX_LIMIT) List<T> items,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID next) {
  static <S, T> PageView<T> of(Page<S> page, Function<S, T> view) {
    return new PageView<>(page.items().stream().map(view).toList(), page.next().orElse(null));
  }
}
