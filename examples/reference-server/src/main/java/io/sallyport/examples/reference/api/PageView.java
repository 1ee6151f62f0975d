package io.sallyport.examples.reference.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sallyport.core.page.Page;
import io.sallyport.core.page.Paging;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, with the bounds that the document states.
 *
 * @param next the cursor of the next page; absent on the last one
 * @param previous the cursor of the page before; absent on the first one
 */
record PageView<T>(
    @Size(max = Paging.DEFAULT_MAX) List<T> items,
    @Size(max = MAX_CURSOR) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next,
    @Size(max = MAX_CURSOR) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String previous) {
  private static final int MAX_CURSOR = 2048;

  static <S, T> PageView<T> of(Page<S> page, Function<? super S, T> view) {
    return new PageView<>(page.items().stream().map(view).toList(), page.next(), page.previous());
  }
}
