package io.sallyport.core.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.page.Keyset;
import io.sallyport.core.page.KeysetSql;
import io.sallyport.core.page.Nulls;
import io.sallyport.core.page.PageQuery;
import io.sallyport.core.page.Position;
import io.sallyport.core.page.Sort;
import io.sallyport.core.page.SortColumn;
import io.sallyport.core.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final Keyset KEYSET =
      Keyset.by("issuedAt", "i.issued_at", Instant.class)
          .and("dueOn", "due_on", LocalDate.class)
          .and("id", "id", Long.class);

  private static PageQuery query(Sort sort, boolean backward, boolean inclusive, Object... values) {
    Position position = new Position(Arrays.asList(values), backward, inclusive);
    return new PageQuery(sort, 20, Optional.of(position));
  }

  @Test
  void theFirstPageHasNoCondition() {
    KeysetSql sql = KEYSET.one(PageQuery.first(Sort.by("-issuedAt", "id"), 20));

    assertThat(sql.sql()).isEqualTo("1 = 1 ORDER BY i.issued_at DESC, id LIMIT ?");
    assertThat(sql.parameters()).containsExactly(21);
  }

  @Test
  void columnsOfOneDirectionAreComparedAsARow() {
    Sort sort = Sort.by("-issuedAt", "-id");

    KeysetSql forward = KEYSET.one(query(sort, false, false, TIME, 7L));
    KeysetSql backward = KEYSET.one(query(sort, true, true, TIME, 7L));

    assertThat(forward.sql())
        .isEqualTo("(i.issued_at, id) < (?, ?) ORDER BY i.issued_at DESC, id DESC LIMIT ?");
    assertThat(backward.sql())
        .isEqualTo("(i.issued_at, id) >= (?, ?) ORDER BY i.issued_at, id LIMIT ?");
    assertThat(forward.parameters()).containsExactly(TIME.atOffset(ZoneOffset.UTC), 7L, 21);
    assertThat(KEYSET.slices(query(sort, false, false, TIME, 7L))).hasSize(1);
  }

  @Test
  void mixedDirectionsAreTwoRangesOrOneBehindALeadingCondition() {
    PageQuery query = query(Sort.by("-issuedAt", "id"), false, false, TIME, 7L);

    assertThat(KEYSET.one(query).sql())
        .startsWith(
            "i.issued_at <= ? AND (i.issued_at = ? AND id > ? OR i.issued_at < ?) ORDER BY");
    assertThat(KEYSET.slices(query))
        .extracting(KeysetSql::sql)
        .containsExactly(
            "i.issued_at = ? AND id > ? ORDER BY i.issued_at DESC, id LIMIT ?",
            "i.issued_at < ? ORDER BY i.issued_at DESC, id LIMIT ?");
  }

  @Test
  void nullsAreARangeOfTheirOwn() {
    Sort last = nulls(Nulls.LAST);
    Sort first = nulls(Nulls.FIRST);
    LocalDate day = LocalDate.of(2026, 1, 1);

    assertThat(conditions(query(last, false, false, day, 7L)))
        .containsExactly("due_on = ? AND id > ?", "due_on > ?", "due_on IS NULL");
    assertThat(conditions(query(last, false, false, null, 7L)))
        .containsExactly("due_on IS NULL AND id > ?");
    assertThat(conditions(query(first, false, true, null, 7L)))
        .containsExactly("due_on IS NULL AND id >= ?", "due_on IS NOT NULL");
    assertThat(conditions(query(last, true, false, null, 7L)))
        .containsExactly("due_on IS NULL AND id < ?", "due_on IS NOT NULL");
    assertThat(KEYSET.one(query(last, true, false, day, 7L)).sql())
        .isEqualTo(
            "due_on <= ? AND (due_on = ? AND id < ? OR due_on < ?) ORDER BY due_on DESC NULLS"
                + " FIRST, id DESC LIMIT ?");
  }

  private static Sort nulls(Nulls place) {
    return new Sort(
        List.of(new SortColumn("dueOn", false, place), new SortColumn("id", false, Nulls.NONE)));
  }

  private static List<String> conditions(PageQuery query) {
    return KEYSET.slices(query).stream()
        .map(slice -> slice.sql().substring(0, slice.sql().indexOf(" ORDER BY")))
        .toList();
  }

  @Test
  void parametersMayBeNamed() {
    KeysetSql.Named named =
        KEYSET.one(query(Sort.by("-issuedAt", "-id"), false, false, TIME, 7L)).named("page");

    assertThat(named.sql())
        .isEqualTo(
            "(i.issued_at, id) < (:page1, :page2) ORDER BY i.issued_at DESC, id DESC LIMIT"
                + " :page3");
    assertThat(named.parameters())
        .containsExactly(
            java.util.Map.entry("page1", TIME.atOffset(ZoneOffset.UTC)),
            java.util.Map.entry("page2", 7L),
            java.util.Map.entry("page3", 21));
  }

  @Test
  void theIndexIsStated() {
    assertThat(KEYSET.index("billing.invoices", nulls(Nulls.LAST), "tenant_id"))
        .isEqualTo("CREATE INDEX ON billing.invoices (tenant_id, due_on NULLS LAST, id)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a;",
        "a'",
        "a\"",
        "a.b.c",
        "1a",
        "a?",
        "a--",
        "lower(a)",
        "\u00e4",
        "a\n",
        ":a"
      })
  void onlyIdentifiersBecomeSql(String identifier) {
    assertThatThrownBy(() -> Keyset.by("a", identifier, Long.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KEYSET.index(identifier, Sort.by("id")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KEYSET.index("a", Sort.by("id"), identifier))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aValueOfATypeThatTheColumnNoLongerHasIsAnInvalidCursor() {
    PageQuery query = query(Sort.by("issuedAt", "id"), false, false, TIME, "seven");

    assertThatThrownBy(() -> KEYSET.one(query))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("400 invalid-cursor");
  }

  @Test
  void aColumnThatIsNotDeclaredFailsAndSaysWhatToDo() {
    assertThatThrownBy(() -> KEYSET.one(PageQuery.first(Sort.by("name", "id"), 1)))
        .hasMessageContaining("no column \"name\"");
    assertThatThrownBy(() -> Keyset.by("a", "a", Double.class))
        .hasMessageContaining("must be an integer, text");
    assertThatThrownBy(() -> KEYSET.and("id", "id", Long.class)).hasMessageContaining("once");
  }
}
