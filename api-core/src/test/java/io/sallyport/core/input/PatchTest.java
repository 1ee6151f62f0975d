package io.sallyport.core.input;

import static io.sallyport.core.endpoint.Endpoint.patch;
import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sallyport.core.body.JsonBody;
import io.sallyport.core.body.JsonPatch;
import io.sallyport.core.body.MergePatch;
import io.sallyport.core.body.Patch;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {
  private static final String MERGE = "application/merge-patch+json";
  private static final String JSON = "application/json-patch+json";

  private static Service service;

  record Address(@NotBlank String city, @Nullable String street) {}

  record CustomerPatch(
      @NotBlank @Size(max = 10) String name,
      @Email @Nullable String email,
      @JsonProperty("due_day") @Nullable LocalDate dueDay,
      Optional<String> note,
      @Max(120) int age,
      BigDecimal credit,
      @Valid @NotNull Address address,
      @Valid @Nullable Address second,
      @Size(max = 3) List<@NotBlank String> tags,
      Map<String, @Max(9) Integer> counts,
      List<@Valid Address> others) {
    /** JSON would show it, were it not for its being no component. */
    public boolean isEmpty() {
      return false;
    }
  }

  record Loose(List<Object> list) {}

  private static final CustomerPatch CURRENT =
      new CustomerPatch(
          "Ann",
          "a@b.cd",
          LocalDate.of(2025, 1, 31),
          Optional.of("n"),
          30,
          new BigDecimal("0.10"),
          new Address("Rome", "Via"),
          null,
          List.of("x", "y"),
          Map.of("k", 1),
          List.of(new Address("Oslo", null)));

  @BeforeAll
  static void start() {
    service =
        Service.of(
            patch("/customers")
                .with(MergePatch.of(CustomerPatch.class))
                .with(JsonPatch.of(CustomerPatch.class))
                .with(
                    Service.answer(
                        request ->
                            Patch.of(request, CustomerPatch.class).applyTo(CURRENT).toString())),
            patch("/loose")
                .with(JsonPatch.of(Loose.class).maxOperations(70))
                .with(
                    Service.answer(
                        request ->
                            "" + Patch.of(request, Loose.class).applyTo(new Loose(List.of())))),
            patch("/merge")
                .with(MergePatch.of(Loose.class).maxBytes(30))
                .with(
                    Service.answer(
                        request -> "" + Patch.of(request, CustomerPatch.class).applyTo(CURRENT))));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  static Service.Reply send(Service service, String target, String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return service.send(
        Service.head("PATCH", target, "Content-Type: " + type, "Content-Length: " + bytes.length),
        bytes);
  }

  private static Service.Reply merge(String body) {
    return send(service, "/customers", MERGE, body);
  }

  private static Service.Reply json(String operations) {
    return send(service, "/customers", JSON, operations.replace('\'', '"'));
  }

  @Test
  void aMergePatchChangesWhatItNamesAndNothingElse() {
    assertThat(merge("{}").body()).isEqualTo(CURRENT.toString());
    assertThat(
            merge("{\"name\":\"Bob\",\"address\":{\"street\":\"Weg\"},\"counts\":{\"l\":2}}")
                .body())
        .contains("name=Bob", "email=a@b.cd", "Address[city=Rome, street=Weg]", "credit=0.10")
        .contains("k=1", "l=2");
    assertThat(merge("{\"tags\":[\"z\"],\"second\":{\"city\":\"Bari\"}}").body())
        .contains("tags=[z]", "second=Address[city=Bari, street=null]");
  }

  @Test
  void nullRemovesWhatMayBeAbsentAndAbsentLeavesAlone() {
    assertThat(merge("{\"email\":null,\"due_day\":null,\"note\":null}").body())
        .contains("email=null", "dueDay=null", "note=Optional.empty", "name=Ann");
    assertThat(merge("{\"address\":{\"street\":null},\"counts\":{\"k\":null}}").body())
        .contains("Address[city=Rome, street=null]", "counts={}");
  }

  @Test
  void nullWhereAValueMustBeIsAViolation() {
    Service.Reply reply =
        merge(
            "{\"name\":null,\"age\":null,\"credit\":null,\"address\":{\"city\":null},"
                + "\"tags\":null,\"email\":null}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.violations())
        .containsExactly(
            "/name required",
            "/age required",
            "/credit required",
            "/address/city required",
            "/tags required");
  }

  @Test
  void allThatThePatchNamesInVainIsReportedAtOnce() {
    Service.Reply reply =
        merge(
            "{\"id\":1,\"name\":7,\"address\":{\"id\":null,\"city\":true},\"others\":[{\"x\":1}],"
                + "\"due_day\":1,\"empty\":true}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.violations())
        .containsExactly(
            "/id unknown-field",
            "/name type",
            "/address/id unknown-field",
            "/address/city type",
            "/others/0/x unknown-field",
            "/due_day type",
            "/empty unknown-field");
  }

  @Test
  void allThatTheResultBreaksIsReportedAtOnce() {
    Service.Reply reply =
        merge(
            "{\"name\":\"12345678901\",\"email\":\"x\",\"age\":121,\"due_day\":\"2025-02-30\","
                + "\"second\":{\"street\":\"s\"},\"tags\":[\"\"],\"counts\":{\"a\":10},"
                + "\"others\":[{\"city\":\" \"}]}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.violations())
        .containsExactlyInAnyOrder(
            "/due_day type",
            "/name size",
            "/email email",
            "/age maximum",
            "/second/city required",
            "/tags/0 not-blank",
            "/counts/a maximum",
            "/others/0/city not-blank");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"[];422", "null;422", "1;422", "'';400", "{;400", "{\"name\":1,\"name\":2};400"})
  void aMergePatchIsAnObject(String body, int status) {
    assertThat(merge(body).status()).isEqualTo(status);
  }

  @Test
  void aJsonPatchIsAppliedInOrder() {
    assertThat(
            json("[{'op':'test','path':'/name','value':'Ann'},"
                    + "{'op':'test','path':'/credit','value':0.1},"
                    + "{'op':'replace','path':'/name','value':'Bob'},"
                    + "{'op':'add','path':'/tags/-','value':'z'},"
                    + "{'op':'move','from':'/tags/0','path':'/tags/2'},"
                    + "{'op':'copy','from':'/address','path':'/second'},"
                    + "{'op':'remove','path':'/second/street'},"
                    + "{'op':'remove','path':'/email'},"
                    + "{'op':'add','path':'/counts/a~1b','value':2}]")
                .body())
        .contains("name=Bob", "tags=[y, z, x]", "email=null", "a/b=2")
        .contains("second=Address[city=Rome, street=null]", "Address[city=Rome, street=Via]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[{'op':'test','path':'/name','value':'Bob'}];409;/0 test-failed",
        "[{'op':'replace','path':'/name','value':'B'},{'op':'remove','path':'/tags/2'}];409;/1"
            + " not-there",
        "[{'op':'replace','path':'/second/city','value':'B'}];409;/0 not-there",
        "[{'op':'add','path':'/tags/x','value':'B'}];409;/0 not-there",
        "[{'op':'remove','path':'/name'}];422;/name required",
        "[{'op':'remove','path':'/age'}];422;/age required",
        "[{'op':'replace','path':'/credit','value':null}];422;/credit required",
        "[{'op':'remove','path':'/address/city'}];422;/address/city required",
        "[{'op':'replace','path':'/age','value':121}];422;/age maximum",
        "[{'op':'move','from':'/name','path':'/email'}];422;/name required,/email email",
        "[{'op':'add','path':'/tags/-','value':'B'},{'op':'add','path':'/tags/-','value':'B'}];422;/tags"
            + " size",
        "[{'op':'replace','path':'','value':{'name':'B','tags':[],'counts':{},'others':[],'age':1,'credit':1}}];422;/address"
            + " required",
        "[{'op':'replace','path':'','value':[]}];422;/0/value type",
        "[{'op':'replace','path':'/age','value':'x'}];422;/0/value type",
        "[{'op':'add','path':'/id','value':1}];422;/0/path unknown-field",
        "[{'op':'test','path':'/id','value':1}];422;/0/path unknown-field",
        "[{'op':'remove','path':'/address/id'}];422;/0/path unknown-field",
        "[{'op':'copy','from':'/id','path':'/name'}];422;/0/from unknown-field",
        "[{'op':'add','path':'/name/x','value':1}];422;/0/path unknown-field",
        "[{'op':'add','path':'/second','value':{'city':'x','id':1}}];422;/0/value/id unknown-field",
        "[{'op':'add','path':'/others/-','value':{'city':'x','id':1}}];422;/0/value/id"
            + " unknown-field",
        "[{'op':'spam','path':'/id'},{'op':'add','path':'x'}];422;/0/op type,/1/path"
            + " pointer,/1/value required",
        "{};422; type"
      })
  void aJsonPatchThatDoesNotFitSaysWhy(String patch, int status, String violations) {
    Service.Reply reply = json(patch);

    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(String.join(",", reply.violations()).strip()).isEqualTo(violations);
  }

  @Test
  void removingAndAddingAgainIsFine() {
    assertThat(
            json("[{'op':'remove','path':'/name'},{'op':'add','path':'/name','value':'Bob'}]")
                .body())
        .contains("name=Bob");
  }

  @Test
  void copiesThatDoubleTheValueAreStopped() {
    String bomb =
        Stream.concat(
                Stream.of("{\"op\":\"add\",\"path\":\"/list/-\",\"value\":\"0123456789\"}"),
                IntStream.range(0, 60)
                    .mapToObj(i -> "{\"op\":\"copy\",\"from\":\"/list\",\"path\":\"/list/-\"}"))
            .collect(Collectors.joining(",", "[", "]"));
    String wide =
        Stream.concat(
                Stream.of(
                    "{\"op\":\"add\",\"path\":\"/list/-\",\"value\":\""
                        + "x".repeat(10_000)
                        + "\"}"),
                IntStream.range(0, 60)
                    .mapToObj(i -> "{\"op\":\"copy\",\"from\":\"/list/0\",\"path\":\"/list/-\"}"))
            .collect(Collectors.joining(",", "[", "]"));

    for (String body : List.of(bomb, wide)) {
      Service.Reply reply = send(service, "/loose", JSON, body);
      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.violations()).singleElement().asString().matches("/[0-9]+ (size|depth)");
    }
    assertThat(send(service, "/loose", JSON, wide).violations()).containsExactly("/6 size");
  }

  @Test
  void depthAndNumberOfOperationsAreBounded() {
    String nest =
        IntStream.range(0, 40)
            .mapToObj(
                i -> "{\"op\":\"add\",\"path\":\"/list" + "/0".repeat(i + 1) + "\",\"value\":[]}")
            .collect(Collectors.joining(",", "[", "]"));
    String many =
        IntStream.range(0, 71)
            .mapToObj(i -> "{\"op\":\"test\",\"path\":\"/list\",\"value\":[]}")
            .collect(Collectors.joining(",", "[", "]"));

    assertThat(send(service, "/loose", JSON, nest).violations())
        .singleElement()
        .asString()
        .endsWith(" depth");
    assertThat(send(service, "/loose", JSON, many).violations()).containsExactly(" size");
    assertThat(send(service, "/merge", MERGE, "{\"list\":[\"" + "x".repeat(30) + "\"]}").status())
        .isEqualTo(413);
  }

  @Test
  void anotherMediaTypeIsUnsupportedAndTheAnswerNamesThose() {
    Service.Reply reply = send(service, "/customers", "application/json", "{}");

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.head())
        .contains("Accept-Patch: application/merge-patch+json, application/json-patch+json");
    assertThat(send(service, "/merge", JSON, "[]").status()).isEqualTo(415);
  }

  @Test
  void aPatchOfAnotherTypeThanDeclaredIsNotFound() {
    assertThat(send(service, "/merge", MERGE, "{}").status()).isEqualTo(500);
  }

  @Test
  void faultsAreFoundAtTheStart() {
    Endpoints table =
        Endpoints.of(
            patch("/a").with(MergePatch.of(Loose.class)).with(JsonPatch.of(CustomerPatch.class)),
            patch("/b").with(MergePatch.of(Loose.class)).with(JsonBody.of(Loose.class)),
            post("/c").with(MergePatch.of(Loose.class)).with(JsonPatch.of(Loose.class)));

    assertThat(table.faults())
        .extracting(Fault::where)
        .containsExactly("PATCH /a", "PATCH /a", "PATCH /b", "PATCH /b");
    assertThatThrownBy(() -> MergePatch.of(Map.class)).hasMessageContaining("record");
    assertThatThrownBy(() -> JsonPatch.of(Loose.class).maxOperations(0))
        .hasMessageContaining("maxOperations");
    assertThatThrownBy(() -> JsonPatch.of(Loose.class).maxBytes(0))
        .hasMessageContaining("maxBytes");
  }
}
