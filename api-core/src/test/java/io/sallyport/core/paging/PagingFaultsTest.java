package io.sallyport.core.paging;

import static io.sallyport.core.body.Parameter.query;
import static io.sallyport.core.endpoint.Endpoint.get;
import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.body.Parameters;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import io.sallyport.core.endpoint.StartupException;
import io.sallyport.core.filter.ApiFilterChain;
import io.sallyport.core.page.Count;
import io.sallyport.core.page.CursorKey;
import io.sallyport.core.page.Cursors;
import io.sallyport.core.page.Paging;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagingFaultsTest {
  private static List<String> faults(Paging paging) {
    return Endpoints.of(get("/x").with(paging)).faults().stream().map(Fault::toString).toList();
  }

  @Test
  void aSoundDeclarationHasNone() {
    assertThat(faults(Paging.sortedBy("-issuedAt", "id").allowSort("-number").allowSort("id")))
        .isEmpty();
    assertThat(faults(Paging.sortedBy("number").unique("number").nullsFirst())).isEmpty();
    // In whatever order it is said.
    assertThat(faults(Paging.sortedBy("dueOn", "id").defaultSize(200).max(300).nullsLast("dueOn")))
        .isEmpty();
  }

  @Test
  void aSortMustEndInAColumnThatIsUniqueAndAlwaysThere() {
    assertThat(faults(Paging.sortedBy("issuedAt")))
        .singleElement()
        .asString()
        .contains("GET /x: Paging sortedBy \"issuedAt\" must end in a unique column")
        .contains("append \"id\", or say .unique(\"issuedAt\")");
    assertThat(faults(Paging.sortedBy("id").allowSort("due", "dueOn", "number")))
        .singleElement()
        .asString()
        .contains("sort due \"dueOn, number\" must end in a unique column");
    assertThat(faults(Paging.sortedBy("id").nullsLast("id")))
        .singleElement()
        .asString()
        .contains("always has a value");
    assertThat(faults(Paging.sortedBy("id", "x").unique("x")))
        .singleElement()
        .asString()
        .contains("nothing behind the unique column id");
    assertThat(faults(Paging.sortedBy("a", "-a", "id")))
        .singleElement()
        .asString()
        .contains("each column once");
  }

  @Test
  void everyFaultIsFoundAtOnce() {
    Endpoints table =
        Endpoints.of(
            post("/x")
                .with(Parameters.of(query("limit").bool(), query("expand").bool()))
                .with(
                    Paging.sortedBy("issuedAt")
                        .max(10)
                        .nullsFirst("dueOn")
                        .cursorNotBoundTo("expand", "fields", "cursor")));

    assertThat(table.faults())
        .extracting(Fault::field)
        .containsExactlyInAnyOrder(
            "query parameter limit",
            "Paging method",
            "Paging defaultSize",
            "Paging sortedBy",
            "Paging nulls",
            "Paging cursorNotBoundTo",
            "Paging cursorNotBoundTo");
  }

  @Test
  void pagingThatNobodyEnforcesDoesNotStart() {
    Endpoints table = Endpoints.of(get("/x").with(Paging.sortedBy("id")));

    assertThatThrownBy(() -> ApiFilterChain.of(table).withoutAccessControl().build())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("Paging is declared, and no guard of the chain enforces it");
  }

  @Test
  void nonsenseIsRefusedWithAWayOut() {
    Paging paging = Paging.sortedBy("id");
    assertThatThrownBy(() -> paging.max(0)).hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> paging.max(1_001)).hasMessageContaining("stream what is larger");
    assertThatThrownBy(() -> paging.defaultSize(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> paging.allowSort("a|b")).hasMessageContaining("named by a letter");
    assertThatThrownBy(() -> Paging.sortedBy()).hasMessageContaining("1 to 8 columns");
    assertThatThrownBy(() -> Paging.sortedBy("a; DROP")).hasMessageContaining("must be a letter");
    assertThatThrownBy(() -> paging.cursorLifetime(Duration.ZERO)).hasMessageContaining("31 days");
    assertThatThrownBy(() -> paging.cursorLifetime(Duration.ofDays(32)))
        .hasMessageContaining("31 days");
    assertThatThrownBy(() -> Count.sql("FROM x", 0)).hasMessageContaining("at least 1");
  }

  @Test
  void aWeakSecretIsRefused() {
    assertThatThrownBy(() -> CursorKey.encrypting(new byte[31]))
        .hasMessageContaining("32 to 1024 bytes, had 31");
    assertThatThrownBy(() -> CursorKey.signingReadable(new byte[32]))
        .hasMessageContaining("one byte over and over");
    CursorKey key = CursorKey.ofThisProcess();
    assertThatThrownBy(() -> Cursors.of(key, key)).hasMessageContaining("given once");
    assertThat(CursorKey.ofThisProcess().toString()).matches("encrypting cursor key [0-9a-f]{1,8}");
  }
}
