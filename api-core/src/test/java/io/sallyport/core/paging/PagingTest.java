package io.sallyport.core.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.exchange.Verdict;
import io.sallyport.core.page.CursorKey;
import io.sallyport.core.page.Cursors;
import io.sallyport.core.paging.InvoiceService.Reply;
import io.sallyport.core.testing.FakeClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {
  private static final FakeClock CLOCK = new FakeClock();
  private static final byte[] SECRET =
      "a secret of at least thirty-two bytes".getBytes(StandardCharsets.US_ASCII);

  private static InvoiceService service;

  @BeforeAll
  static void start() throws Exception {
    service = new InvoiceService(Cursors.of(CursorKey.encrypting(SECRET)).clock(CLOCK));
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
  }

  private static Reply get(String target, String... headers) throws Exception {
    return service.list(target, headers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/invoices?limit=7;SELECT id FROM invoices ORDER BY issued_at DESC, id DESC",
        "/invoices?limit=7&sort=dueOn;SELECT id FROM invoices ORDER BY due_on NULLS LAST, id DESC",
        "/invoices?sort=number;SELECT id FROM invoices ORDER BY number",
        "/invoices?status=PAID&limit=3;SELECT id FROM invoices WHERE status = 'PAID' ORDER BY"
            + " issued_at DESC, id DESC"
      })
  void linksLeadOverTheWholeListAndBack(String target, String sql) throws Exception {
    List<Long> expected = service.ids(sql);

    List<Long> there = new ArrayList<>();
    Reply page = get(target);
    assertThat(page.link("prev")).isNull();
    assertThat(page.link("first")).isEqualTo(target);
    there.addAll(page.ids());
    while (page.link("next") != null) {
      page = get(page.link("next"));
      assertThat(page.link("first")).isEqualTo(target);
      there.addAll(page.ids());
    }
    List<Long> back = new ArrayList<>(page.ids());
    while (page.link("prev") != null) {
      page = get(page.link("prev"));
      back.addAll(0, page.ids());
    }

    assertThat(there).isEqualTo(expected);
    assertThat(back).isEqualTo(expected);
  }

  @Test
  void theBodyHoldsItemsCursorsAndCountAndNothingElse() throws Exception {
    Reply first = get("/invoices?limit=2&status=PAID");
    Reply second = get("/invoices?limit=2&status=PAID&cursor=" + first.next());

    assertThat(first.json().propertyNames()).containsExactly("items", "next", "count");
    assertThat(second.json().propertyNames()).containsExactly("items", "next", "previous", "count");
    assertThat(second.json().path("count").toString()).isEqualTo("{\"value\":20,\"exact\":true}");
    assertThat(get("/invoices").json().path("count").toString())
        .isEqualTo("{\"value\":90,\"exact\":false}");
    assertThat(second.link("next"))
        .isEqualTo("/invoices?limit=2&status=PAID&cursor=" + second.next());
    assertThat(second.link("prev"))
        .isEqualTo("/invoices?limit=2&status=PAID&cursor=" + second.previous());
  }

  @Test
  void theSizeHasADefaultAndAMaximum() throws Exception {
    assertThat(get("/invoices").ids()).hasSize(10);
    assertThat(get("/invoices?limit=50").ids()).hasSize(50);
    assertThat(get("/invoices?limit=51").violations()).containsExactly("limit maximum");
    assertThat(get("/invoices?limit=0").violations()).containsExactly("limit minimum");
    assertThat(get("/invoices?limit=-1").violations()).containsExactly("limit minimum");
    assertThat(get("/invoices?limit=1e3").violations()).containsExactly("limit type");
    assertThat(get("/invoices?sort=id").violations()).containsExactly("sort pattern");
    assertThat(get("/invoices?sort=number%7CdueOn").violations()).containsExactly("sort pattern");
  }

  @Test
  void theSizeMayChangeFromPageToPage() throws Exception {
    Reply first = get("/invoices?limit=2");

    Reply second = get("/invoices?limit=5&cursor=" + first.next());

    assertThat(second.ids()).hasSize(5).doesNotContainAnyElementsOf(first.ids());
  }

  @Test
  void violationsOfAllParametersAreReportedTogether() throws Exception {
    Reply reply = get("/invoices?limit=0&sort=x&status=&unknown=1&cursor=1&cursor=2");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("invalid-parameters");
    assertThat(reply.violations())
        .containsExactlyInAnyOrder(
            "limit minimum",
            "sort pattern",
            "status size",
            "unknown unknown-parameter",
            "cursor duplicate");
  }

  @Test
  void withoutDeclaredParametersThoseOfPagingAreCheckedAllTheSame() throws Exception {
    assertThat(get("/unread?limit=0&sort=x").violations())
        .containsExactly("limit minimum", "sort pattern");
    assertThat(get("/unread?limit=3").ids()).hasSize(3);
    assertThat(get("/unread?limit=%C0").status()).isEqualTo(400);
    assertThat(get("/unread?a=" + "x".repeat(8_190)).status()).isIn(414, 431);
  }

  @Test
  void everyCauseHasTheSameAnswerAndItsReasonIsInTheTrail() throws Exception {
    String cursor = get("/invoices", "User", "ann").next();
    byte[] sealed = Base64.getUrlDecoder().decode(cursor);
    byte[] flipped = sealed.clone();
    flipped[30] ^= 1;
    byte[] version = sealed.clone();
    version[0] = 2;
    byte[] key = sealed.clone();
    key[2] ^= 1;
    Set<String> bodies = new LinkedHashSet<>();

    assertRefused(bodies, "cursor-malformed", "x!", "ann");
    assertRefused(bodies, "cursor-malformed", "", "ann");
    assertRefused(bodies, "cursor-malformed", cursor + "=", "ann");
    assertRefused(bodies, "cursor-malformed", "A".repeat(5_000), "ann");
    assertRefused(bodies, "cursor-forged", text(flipped), "ann");
    assertRefused(bodies, "cursor-version", text(version), "ann");
    assertRefused(bodies, "cursor-key", text(key), "ann");
    assertRefused(bodies, "cursor-forged", cursor, "bob");
    CLOCK.advance(Duration.ofHours(1));
    assertRefused(bodies, "cursor-expired", cursor, "ann");

    assertThat(bodies).hasSize(1);
  }

  private static void assertRefused(Set<String> bodies, String reason, String cursor, String user)
      throws Exception {
    Reply reply = get("/invoices?cursor=" + cursor, "User", user);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("invalid-cursor");
    assertThat(reply.response().headers().firstValue("Content-Type"))
        .contains("application/problem+json");
    List<Verdict> trail = service.trail();
    assertThat(trail.get(trail.size() - 1).guard()).isEqualTo("paging");
    assertThat(trail.get(trail.size() - 1).reason()).isEqualTo(reason);
    bodies.add(reply.response().body().replaceAll("[0-9a-f]{32}", "ID"));
  }

  private static String text(byte[] sealed) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/invoices?cursor=",
        "/invoices?status=PAID&cursor=",
        "/invoices?status=OPEN&sort=number&cursor=",
        "/archive/2026/invoices?status=OPEN&cursor=",
        "/lax?status=OPEN&cursor="
      })
  void aCursorIsBoundToEndpointFilterAndSort(String elsewhere) throws Exception {
    String cursor = get("/invoices?status=OPEN", "User", "ann", "Tenant", "acme").next();

    assertThat(
            get("/invoices?status=OPEN&cursor=" + cursor, "User", "ann", "Tenant", "acme").status())
        .isEqualTo(200);
    assertThat(get(elsewhere + cursor, "User", "ann", "Tenant", "acme").code())
        .isEqualTo("invalid-cursor");
  }

  @Test
  void aCursorIsBoundToThePathCallerAndTenant() throws Exception {
    String cursor = get("/archive/2026/invoices", "User", "ann", "Tenant", "acme").next();

    assertThat(status("/archive/2026/invoices", cursor, "User", "ann", "Tenant", "acme"))
        .isEqualTo(200);
    assertThat(status("/archive/2025/invoices", cursor, "User", "ann", "Tenant", "acme"))
        .isEqualTo(400);
    assertThat(status("/archive/2026/invoices", cursor, "User", "ann", "Tenant", "globex"))
        .isEqualTo(400);
    assertThat(status("/archive/2026/invoices", cursor, "User", "ann")).isEqualTo(400);
    assertThat(status("/archive/2026/invoices", cursor, "User", "bob", "Tenant", "acme"))
        .isEqualTo(400);
    assertThat(status("/archive/2026/invoices", cursor)).isEqualTo(400);
  }

  private static int status(String path, String cursor, String... headers) throws Exception {
    return get(path + "?cursor=" + cursor, headers).status();
  }

  @Test
  void aParameterThatChoosesNoRowsMayChange() throws Exception {
    String cursor = get("/invoices?show=a").next();

    assertThat(get("/invoices?show=b&show=c&cursor=" + cursor).status()).isEqualTo(200);
  }

  @Test
  void parametersMayComeInAnyOrderAndSpelling() throws Exception {
    String cursor = get("/invoices?status=OPEN&limit=3&sort=number").next();

    assertThat(get("/invoices?sort=number&cursor=" + cursor + "&st%61tus=%4FPEN").status())
        .isEqualTo(200);
  }

  @Test
  void whenAllRowsBehindAPositionAreGoneTheOnesBeforeItAreStillThere() throws Exception {
    service.execute(
        "INSERT INTO invoices SELECT n, 9000 - n, now(), NULL, 'NEW' FROM"
            + " generate_series(201, 206) n");
    Reply first = get("/invoices?status=NEW&limit=3");
    Reply second = get("/invoices?status=NEW&limit=3&cursor=" + first.next());
    service.execute("DELETE FROM invoices WHERE id < 204 AND status = 'NEW'");

    Reply gone = get("/invoices?status=NEW&limit=3&cursor=" + first.next());
    Reply back = get("/invoices?status=NEW&limit=3&cursor=" + gone.previous());

    assertThat(first.ids()).containsExactly(206L, 205L, 204L);
    assertThat(second.ids()).containsExactly(203L, 202L, 201L);
    assertThat(gone.ids()).isEmpty();
    assertThat(gone.next()).isNull();
    assertThat(back.ids()).containsExactly(206L, 205L, 204L);
    service.execute("DELETE FROM invoices WHERE status = 'NEW'");
  }

  @Test
  void whatAClientSentComesBackInLinksOnlyEscaped() throws Exception {
    String hostile = "%3E%3B%20rel%3D%22next%22%2C%20%3Chttps%3A%2F%2Fevil.example%3E%26%3D%23%25";

    Reply reply = get("/lax?q=" + hostile + "&%3E=%C3%BC&e");

    assertThat(reply.link("first")).isEqualTo("/lax?q=" + hostile + "&%3E=%C3%BC&e=");
    assertThat(reply.link()).doesNotContain("evil.example>");
    Reply next = get(reply.link("next"));
    assertThat(next.status()).isEqualTo(200);
    assertThat(next.ids()).doesNotContainAnyElementsOf(reply.ids());
    assertThat(URI.create(reply.link("next")).getHost()).isNull();
  }

  @Test
  void anOversizedQueryCostsTheLinksAndNotTheAnswer() throws Exception {
    Reply reply = get("/lax?q=" + "%3E".repeat(1_300));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.link()).isEmpty();
    assertThat(reply.next()).isNotNull();
  }

  @Test
  void aHandlerThatPagesWithoutDeclaringItFailsAndSaysWhatToDo() throws Exception {
    assertThat(get("/forgotten").status()).isEqualTo(500);
  }

  @Test
  void noForgeryIsAcceptedOverHttp() throws Exception {
    Random random = new Random(20_260_101);
    String cursor = get("/invoices", "User", "ann").next();
    byte[] sealed = Base64.getUrlDecoder().decode(cursor);
    int refused = 0;
    int forgeries = Integer.getInteger("sallyport.test.forgeries.http", 400);
    for (int i = 0; i < forgeries; i++) {
      byte[] forged =
          switch (i % 4) {
            case 0 -> flipped(sealed, i / 4 % (sealed.length * 8));
            case 1 -> Arrays.copyOf(sealed, random.nextInt(sealed.length));
            case 2 -> Arrays.copyOf(sealed, sealed.length + 1 + random.nextInt(20));
            default -> random(random, random.nextInt(100));
          };
      Reply reply = get("/invoices?cursor=" + text(forged), "User", "ann");
      refused += reply.status() == 400 && reply.code().equals("invalid-cursor") ? 1 : 0;
    }

    assertThat(refused).isEqualTo(forgeries);
  }

  private static byte[] flipped(byte[] sealed, int bit) {
    byte[] flipped = sealed.clone();
    flipped[bit / 8] ^= (byte) (1 << bit % 8);
    return flipped;
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
