package io.sallyport.examples.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lists in pages, over TLS and on a real PostgreSQL. */
class BillingPagingTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern TARGET = Pattern.compile("<([^>]*)>; rel=\"([a-z]+)\"");

  private static BillingServer server;
  private static String alice;
  private static String globex;

  @BeforeAll
  static void start() throws Exception {
    server = BillingServer.shared();
    alice = server.accountant();
    globex = server.token("globex", "alice", "accountant");
    for (int i = 0; i < 5; i++) {
      server.post(
          alice,
          "/v1/customers",
          "{'name':'Paged " + i + "','email':'paged-" + UUID.randomUUID() + "@example.org'}");
    }
  }

  @Test
  void theLinksOfAPageLeadThroughTheWholeListAndBack() throws Exception {
    List<String> forward = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    String target = "/v1/customers?limit=2";
    while (target != null) {
      targets.add(target);
      HttpResponse<String> page = list(alice, target);
      forward.addAll(0, reversed(ids(page)));
      target = link(page, "next");
    }
    String back = link(list(alice, targets.get(targets.size() - 1)), "previous");
    List<String> backward = new ArrayList<>();
    while (back != null) {
      HttpResponse<String> page = list(alice, back);
      backward.addAll(reversed(ids(page)));
      back = link(page, "previous");
    }

    assertThat(forward).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(forward).hasSizeGreaterThan(5).endsWith(backward.toArray(String[]::new));
    assertThat(targets.get(1)).startsWith("/v1/customers?limit=2&cursor=");
  }

  @Test
  void invoicesComeLatestFirstOrBySortAsAsked() throws Exception {
    assertThat(values(list(alice, "/v1/invoices?limit=100"), "issuedAt"))
        .hasSizeGreaterThan(1)
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(values(list(alice, "/v1/invoices?limit=100&sort=dueOn"), "dueOn"))
        .hasSizeGreaterThan(1)
        .isSorted();
    assertThat(list(alice, "/v1/customers?sort=name").statusCode()).isEqualTo(200);
  }

  @Test
  void aSortOrLimitThatIsNotDeclaredIsNamedWithTheOthers() throws Exception {
    HttpResponse<String> response = list(alice, "/v1/invoices?limit=101&sort=number&after=here");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"parameter\":\"limit\"")
        .contains("\"parameter\":\"sort\"")
        .contains("\"parameter\":\"after\"")
        .doesNotContain("101");
  }

  @Test
  void aCursorThatWasChangedOrIsUsedElsewhereIsRefused() throws Exception {
    String next =
        JSON.readTree(list(alice, "/v1/customers?limit=1").body()).path("next").asString();
    String forged =
        next.substring(0, 40) + (next.charAt(40) == 'A' ? 'B' : 'A') + next.substring(41);

    assertThat(list(alice, "/v1/customers?limit=1&cursor=" + next).statusCode()).isEqualTo(200);
    for (HttpResponse<String> refused :
        List.of(
            list(alice, "/v1/customers?limit=1&cursor=" + forged),
            list(alice, "/v1/customers?limit=1&sort=name&cursor=" + next),
            list(alice, "/v1/products?limit=1&cursor=" + next),
            list(server.token("acme", "bob", "viewer"), "/v1/customers?cursor=" + next))) {
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("\"code\":\"invalid-cursor\"");
    }
  }

  @Test
  void aCursorOfOneTenantIsNoneInAnotherThoughTheSubjectIsTheSame() throws Exception {
    String next =
        JSON.readTree(list(alice, "/v1/customers?limit=1").body()).path("next").asString();

    HttpResponse<String> response = list(globex, "/v1/customers?limit=1&cursor=" + next);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"code\":\"invalid-cursor\"");
  }

  private static HttpResponse<String> list(String token, String target) throws Exception {
    return server.get(target, "Authorization", "Bearer " + token);
  }

  private static List<String> ids(HttpResponse<String> page) {
    return values(page, "id");
  }

  private static List<String> reversed(List<String> ids) {
    List<String> reversed = new ArrayList<>(ids);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<String> values(HttpResponse<String> page, String field) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    List<String> values = new ArrayList<>();
    for (JsonNode item : JSON.readTree(page.body()).path("items")) {
      values.add(item.path(field).asString());
    }
    return values;
  }

  private static String link(HttpResponse<String> page, String relation) {
    Matcher target = TARGET.matcher(page.headers().firstValue("Link").orElse(""));
    while (target.find()) {
      if (target.group(2).equals(relation)) {
        return target.group(1);
      }
    }
    return null;
  }
}
