package io.sallyport.core.input;

import static io.sallyport.core.body.Parameter.query;
import static io.sallyport.core.endpoint.Endpoint.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.core.body.FormBody;
import io.sallyport.core.body.JsonBody;
import io.sallyport.core.body.MergePatch;
import io.sallyport.core.body.Parameters;
import io.sallyport.core.endpoint.Declaration;
import io.sallyport.core.endpoint.Endpoints;
import io.sallyport.core.endpoint.Fault;
import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatternFaultsTest {
  private static final String BAD = "(a+)+$";

  record Plain(@Pattern(regexp = BAD) String code) {}

  record InList(List<@Pattern(regexp = BAD) String> codes) {}

  record InMap(Map<String, List<@Pattern(regexp = BAD) String>> codes) {}

  record Outer(List<Plain> notEvenValid) {}

  record OfEmail(@Email(regexp = BAD) String email) {}

  record Composed(@Code String code) {}

  record Folded(@Pattern(regexp = "(a|A)*b", flags = Pattern.Flag.CASE_INSENSITIVE) String code) {}

  record Sealed(Shape shape) {}

  sealed interface Shape permits Round {}

  record Round(@Pattern(regexp = BAD) String code) implements Shape {}

  record Good(
      @Pattern(regexp = "[a-z0-9]+(-[a-z0-9]+)*") String slug,
      @Email String email,
      @Pattern(regexp = "(a|b)*") String letters) {}

  @Pattern(regexp = BAD)
  @Constraint(validatedBy = {})
  @Retention(RetentionPolicy.RUNTIME)
  @interface Code {
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
  }

  private static List<Fault> faults(Declaration declaration) {
    return Endpoints.of(declaration).faults();
  }

  @Test
  void anUnsafePatternIsAFaultThatNamesFieldPatternRuleAndRemedy() {
    assertThat(faults(post("/a").with(JsonBody.of(Plain.class))))
        .singleElement()
        .hasToString(
            "POST /a: Plain.code @Pattern \"(a+)+$\" must match in time proportional to the text,"
                + " and can match the start of one text in more than 64 ways; let each character"
                + " have one place that takes it: no repetition within or next to another of the"
                + " same characters; or check the value in code");
  }

  @Test
  void itIsFoundWhereverItIs() {
    for (Class<?> type :
        List.of(
            InList.class,
            InMap.class,
            Outer.class,
            OfEmail.class,
            Composed.class,
            Folded.class,
            Sealed.class)) {
      assertThat(faults(post("/a").with(JsonBody.of(type)))).as("%s", type).hasSize(1);
    }
    assertThat(faults(post("/a").with(FormBody.of(Plain.class)))).hasSize(1);
    assertThat(faults(post("/a").with(MergePatch.of(Plain.class)))).hasSize(1);
    assertThat(
            faults(
                post("/a")
                    .with(
                        Parameters.of(
                            query("q").text(10, java.util.regex.Pattern.compile(BAD)).optional()))))
        .extracting(Fault::field, Fault::value)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("query parameter q", BAD));
  }

  @Test
  void safePatternsStart() {
    assertThat(faults(post("/a").with(JsonBody.of(Good.class)))).isEmpty();
  }

  /** A loop over a group recurses in java.util.regex, once for each repetition. */
  @Test
  void aTextThatExhaustsTheStackOfTheMatcherBreaksThePattern() {
    try (Service service =
        Service.of(
            post("/a").with(JsonBody.of(Good.class)).with(Service.answer(request -> "ok")),
            post("/q")
                .with(
                    Parameters.of(
                        query("q").text(8192, java.util.regex.Pattern.compile("(a|b)*|c"))))
                .with(Service.answer(request -> "ok")))) {
      String longest = "{\"letters\":\"" + "ab".repeat(8_000) + "\"}";

      assertThat(service.post("/a", "{\"letters\":\"abba\"}").status()).isEqualTo(200);
      assertThat(service.post("/a", "{\"letters\":\"abbc\"}").violations())
          .containsExactly("/letters pattern");
      assertThat(service.post("/a", longest).status()).isIn(200, 422);
      assertThat(
              service
                  .send(Service.head("POST", "/q?q=" + "ab".repeat(4_000)), new byte[0])
                  .status())
          .isIn(200, 400, 414, 431);
    }
  }

  /** How much they look at {@code EmailPatternTest} counts. */
  @Test
  void theLongestTextsThatJsonMayHoldAreNoEmailAddresses() {
    try (Service service =
        Service.of(
            post("/a").with(JsonBody.of(Good.class)).with(Service.answer(request -> "ok")))) {
      for (String hostile :
          List.of(
              "a".repeat(16_000),
              "a.".repeat(8_000),
              "a@" + "a.".repeat(7_000),
              "a@" + "a-".repeat(7_000) + "!",
              "@".repeat(16_000),
              "a@[" + "1.".repeat(7_000))) {
        String body = "{\"email\":\"" + hostile + "\"}";
        assertThat(service.post("/a", body.getBytes(StandardCharsets.UTF_8)).status())
            .isEqualTo(422);
      }
    }
  }
}
