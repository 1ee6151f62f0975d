package io.sallyport.examples.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Changes of a customer: what may be changed, and that no change is lost. */
class BillingChangeTest {
  private static final String MERGE = "application/merge-patch+json";
  private static final String PATCH = "application/json-patch+json";

  private static BillingServer server;
  private static String alice;

  private final String unique = UUID.randomUUID().toString();
  private String path;
  private String tag;

  @BeforeAll
  static void start() throws Exception {
    server = BillingServer.shared();
    alice = server.accountant();
  }

  @BeforeEach
  void addCustomer() throws Exception {
    HttpResponse<String> added =
        server.post(
            alice, "/v1/customers", "{'name':'Before','email':'" + unique + "@example.org'}");
    path = added.headers().firstValue("Location").orElseThrow();
    tag = read().headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void aMergePatchChangesWhatItNamesAndNothingElse() throws Exception {
    HttpResponse<String> changed = change(MERGE, "{'name':'After'}", "If-Match", tag);

    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"name\":\"After\"", unique);
    assertThat(changed.headers().firstValue("ETag")).isPresent().isNotEqualTo(tag);
    assertThat(read().body()).isEqualTo(changed.body());
    assertThat(read().headers().firstValue("ETag")).isEqualTo(changed.headers().firstValue("ETag"));
  }

  @Test
  void aJsonPatchIsAppliedWhollyOrNotAtAll() throws Exception {
    String replace = "{'op':'replace','path':'/name','value':'After'}";
    HttpResponse<String> failed =
        change(
            PATCH,
            "[" + replace + ",{'op':'test','path':'/name','value':'Before'}]",
            "If-Match",
            tag);
    HttpResponse<String> changed =
        change(
            PATCH,
            "[{'op':'test','path':'/name','value':'Before'}," + replace + "]",
            "If-Match",
            tag);

    assertThat(failed.statusCode()).isEqualTo(409);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("\"name\":\"After\"");
  }

  @Test
  void whatIsNotForClientsToChangeCannotBeNamed() throws Exception {
    for (String member :
        List.of(
            "'id':'01900000-0000-7000-8000-00000000c001'",
            "'tenantId':'globex'",
            "'tenant':'globex'",
            "'status':'CLOSED'",
            "'version':7",
            "'createdAt':'2020-01-01T00:00:00Z'")) {
      HttpResponse<String> response =
          change(MERGE, "{'name':'After'," + member + "}", "If-Match", tag);

      assertThat(response.statusCode()).as(member).isEqualTo(422);
      assertThat(response.body()).contains("\"code\":\"unknown-field\"");
    }
    HttpResponse<String> added =
        change(PATCH, "[{'op':'add','path':'/status','value':'CLOSED'}]", "If-Match", tag);

    assertThat(added.statusCode()).isEqualTo(422);
    assertThat(read().body()).contains("\"name\":\"Before\"", "\"status\":\"ACTIVE\"");
  }

  @Test
  void aResultThatBreaksRulesOrTakesAnothersMailAddressIsRefused() throws Exception {
    HttpResponse<String> blank = change(MERGE, "{'name':' ','email':'x'}", "If-Match", tag);
    HttpResponse<String> removed = change(MERGE, "{'name':null}", "If-Match", tag);
    HttpResponse<String> taken =
        change(MERGE, "{'email':'accounts@roadrunner.example'}", "If-Match", tag);

    assertThat(blank.statusCode()).isEqualTo(422);
    assertThat(blank.body()).contains("\"pointer\":\"/name\"", "\"pointer\":\"/email\"");
    assertThat(removed.statusCode()).isEqualTo(422);
    assertThat(taken.statusCode()).isEqualTo(409);
    assertThat(read().headers().firstValue("ETag")).contains(tag);
  }

  @Test
  void aChangeMustNameTheVersionThatItReplaces() throws Exception {
    assertThat(change(MERGE, "{'name':'After'}").statusCode()).isEqualTo(428);
    assertThat(change(MERGE, "{'name':'After'}", "If-Match", "*").statusCode()).isEqualTo(428);
    assertThat(change(MERGE, "{'name':'After'}", "If-Match", "\"v99\"").statusCode())
        .isEqualTo(412);
    assertThat(read().body()).contains("\"name\":\"Before\"");
  }

  @Test
  void ofManyChangesOfOneVersionOneIsMadeAndNoneIsLost() throws Exception {
    List<Callable<HttpResponse<String>>> changes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String body = "{'name':'After " + i + "'}";
      changes.add(() -> change(MERGE, body, "If-Match", tag));
    }
    ExecutorService callers = Executors.newFixedThreadPool(8);
    List<HttpResponse<String>> answers = new ArrayList<>();
    try {
      for (Future<HttpResponse<String>> answer : callers.invokeAll(changes)) {
        answers.add(answer.get());
      }
    } finally {
      callers.shutdown();
    }

    assertThat(answers).extracting(HttpResponse::statusCode).containsOnlyOnce(200).contains(412);
    assertThat(answers)
        .filteredOn(answer -> answer.statusCode() == 200)
        .extracting(HttpResponse::body)
        .containsExactly(read().body());
  }

  @Test
  void aViewerMayChangeNothingAndAnotherTenantFindsNothing() throws Exception {
    HttpResponse<String> viewer =
        server.send(
            "PATCH",
            server.token("acme", "bob", "viewer"),
            path,
            MERGE,
            "{'name':'After'}",
            "If-Match",
            tag);
    HttpResponse<String> stranger =
        server.send(
            "PATCH",
            server.token("globex", "carol", "accountant"),
            path,
            MERGE,
            "{'name':'After'}",
            "If-Match",
            tag);

    assertThat(viewer.statusCode()).isEqualTo(403);
    assertThat(stranger.statusCode()).isEqualTo(404);
  }

  @Test
  void aCustomerThatTheClientHasIsNotSentAgain() throws Exception {
    HttpResponse<String> same =
        server.get(path, "Authorization", "Bearer " + alice, "If-None-Match", tag);
    change(MERGE, "{'name':'After'}", "If-Match", tag);
    HttpResponse<String> changed =
        server.get(path, "Authorization", "Bearer " + alice, "If-None-Match", tag);

    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(new JsonMapper().readTree(changed.body()).path("name").asString())
        .isEqualTo("After");
  }

  private HttpResponse<String> read() throws Exception {
    return server.get(path, "Authorization", "Bearer " + alice);
  }

  private HttpResponse<String> change(String type, String body, String... headers)
      throws Exception {
    return server.send("PATCH", alice, path, type, body, headers);
  }
}
