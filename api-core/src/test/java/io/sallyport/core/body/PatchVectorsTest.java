package io.sallyport.core.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of RFC 7396 and RFC 6902, on plain JSON. */
class PatchVectorsTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** RFC 7396 appendix A, and section 1 and 3's examples. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"a\":\"b\"};{\"a\":\"c\"};{\"a\":\"c\"}",
        "{\"a\":\"b\"};{\"b\":\"c\"};{\"a\":\"b\",\"b\":\"c\"}",
        "{\"a\":\"b\"};{\"a\":null};{}",
        "{\"a\":\"b\",\"b\":\"c\"};{\"a\":null};{\"b\":\"c\"}",
        "{\"a\":[\"b\"]};{\"a\":\"c\"};{\"a\":\"c\"}",
        "{\"a\":\"c\"};{\"a\":[\"b\"]};{\"a\":[\"b\"]}",
        "{\"a\":{\"b\":\"c\"}};{\"a\":{\"b\":\"d\",\"c\":null}};{\"a\":{\"b\":\"d\"}}",
        "{\"a\":[{\"b\":\"c\"}]};{\"a\":[1]};{\"a\":[1]}",
        "[\"a\",\"b\"];[\"c\",\"d\"];[\"c\",\"d\"]",
        "{\"a\":\"b\"};[\"c\"];[\"c\"]",
        "{\"a\":\"foo\"};null;null",
        "{\"a\":\"foo\"};\"bar\";\"bar\"",
        "{\"e\":null};{\"a\":1};{\"e\":null,\"a\":1}",
        "[1,2];{\"a\":\"b\",\"c\":null};{\"a\":\"b\"}",
        "{};{\"a\":{\"bb\":{\"ccc\":null}}};{\"a\":{\"bb\":{}}}",
        "{\"a\":\"b\",\"c\":{\"d\":\"e\",\"f\":\"g\"}};{\"a\":\"z\",\"c\":{\"f\":null}};"
            + "{\"a\":\"z\",\"c\":{\"d\":\"e\"}}",
        "{\"title\":\"Goodbye!\",\"author\":{\"givenName\":\"John\",\"familyName\":\"Doe\"},"
            + "\"tags\":[\"example\",\"sample\"],\"content\":\"This will be unchanged\"};"
            + "{\"title\":\"Hello!\",\"phoneNumber\":\"+01-123-456-7890\","
            + "\"author\":{\"familyName\":null},\"tags\":[\"example\"]};"
            + "{\"title\":\"Hello!\",\"author\":{\"givenName\":\"John\"},\"tags\":[\"example\"],"
            + "\"content\":\"This will be unchanged\",\"phoneNumber\":\"+01-123-456-7890\"}"
      })
  void mergePatchDoesAsItsExamplesShow(String target, String patch, String result) {
    assertThat(MergePatch.merge(JSON.readTree(target), JSON.readTree(patch)))
        .isEqualTo(JSON.readTree(result));
  }

  /** RFC 6902 appendix A, where an operation succeeds. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // A.1 to A.7
        "{\"foo\":\"bar\"};[{\"op\":\"add\",\"path\":\"/baz\",\"value\":\"qux\"}];"
            + "{\"baz\":\"qux\",\"foo\":\"bar\"}",
        "{\"foo\":[\"bar\",\"baz\"]};[{\"op\":\"add\",\"path\":\"/foo/1\",\"value\":\"qux\"}];"
            + "{\"foo\":[\"bar\",\"qux\",\"baz\"]}",
        "{\"baz\":\"qux\",\"foo\":\"bar\"};[{\"op\":\"remove\",\"path\":\"/baz\"}];"
            + "{\"foo\":\"bar\"}",
        "{\"foo\":[\"bar\",\"qux\",\"baz\"]};[{\"op\":\"remove\",\"path\":\"/foo/1\"}];"
            + "{\"foo\":[\"bar\",\"baz\"]}",
        "{\"baz\":\"qux\",\"foo\":\"bar\"};"
            + "[{\"op\":\"replace\",\"path\":\"/baz\",\"value\":\"boo\"}];"
            + "{\"baz\":\"boo\",\"foo\":\"bar\"}",
        "{\"foo\":{\"bar\":\"baz\",\"waldo\":\"fred\"},\"qux\":{\"corge\":\"grault\"}};"
            + "[{\"op\":\"move\",\"from\":\"/foo/waldo\",\"path\":\"/qux/thud\"}];"
            + "{\"foo\":{\"bar\":\"baz\"},\"qux\":{\"corge\":\"grault\",\"thud\":\"fred\"}}",
        "{\"foo\":[\"all\",\"grass\",\"cows\",\"eat\"]};"
            + "[{\"op\":\"move\",\"from\":\"/foo/1\",\"path\":\"/foo/3\"}];"
            + "{\"foo\":[\"all\",\"cows\",\"eat\",\"grass\"]}",
        // A.8
        "{\"baz\":\"qux\",\"foo\":[\"a\",2,\"c\"]};"
            + "[{\"op\":\"test\",\"path\":\"/baz\",\"value\":\"qux\"},"
            + "{\"op\":\"test\",\"path\":\"/foo/1\",\"value\":2}];"
            + "{\"baz\":\"qux\",\"foo\":[\"a\",2,\"c\"]}",
        // A.10, A.11
        "{\"foo\":\"bar\"};"
            + "[{\"op\":\"add\",\"path\":\"/child\",\"value\":{\"grandchild\":{}}}];"
            + "{\"foo\":\"bar\",\"child\":{\"grandchild\":{}}}",
        "{\"foo\":\"bar\"};"
            + "[{\"op\":\"add\",\"path\":\"/baz\",\"value\":\"qux\",\"xyz\":123}];"
            + "{\"foo\":\"bar\",\"baz\":\"qux\"}",
        // A.14, A.16
        "{\"/\":9,\"~1\":10};[{\"op\":\"test\",\"path\":\"/~01\",\"value\":10}];"
            + "{\"/\":9,\"~1\":10}",
        "{\"foo\":[\"bar\"]};[{\"op\":\"add\",\"path\":\"/foo/-\",\"value\":[\"abc\",\"def\"]}];"
            + "{\"foo\":[\"bar\",[\"abc\",\"def\"]]}",
        // The whole, a member of an empty name, equality by value, a copy that is one
        "{\"a\":1};[{\"op\":\"replace\",\"path\":\"\",\"value\":[2]}];[2]",
        "{\"a\":1};[{\"op\":\"add\",\"path\":\"/\",\"value\":2}];{\"a\":1,\"\":2}",
        "{\"a\":1.0,\"b\":{\"x\":1,\"y\":[1e1]}};"
            + "[{\"op\":\"test\",\"path\":\"/a\",\"value\":1},"
            + "{\"op\":\"test\",\"path\":\"/b\",\"value\":{\"y\":[10],\"x\":1.00}}];"
            + "{\"a\":1.0,\"b\":{\"x\":1,\"y\":[1e1]}}",
        "{\"a\":{\"b\":1}};[{\"op\":\"copy\",\"from\":\"/a\",\"path\":\"/c\"},"
            + "{\"op\":\"replace\",\"path\":\"/c/b\",\"value\":2}];"
            + "{\"a\":{\"b\":1},\"c\":{\"b\":2}}",
        "{\"a\":1};[{\"op\":\"move\",\"from\":\"/a\",\"path\":\"/a\"}];{\"a\":1}"
      })
  void jsonPatchDoesAsItsExamplesShow(String target, String patch, String result) {
    assertThat(apply(target, patch).value()).isEqualTo(JSON.readTree(result));
  }

  /** RFC 6902 appendix A, where an operation fails, and its kin. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // A.9, A.12, A.15
        "{\"baz\":\"qux\"};[{\"op\":\"test\",\"path\":\"/baz\",\"value\":\"bar\"}];test-failed",
        "{\"foo\":\"bar\"};[{\"op\":\"add\",\"path\":\"/baz/bat\",\"value\":\"qux\"}];not-there",
        "{\"/\":9,\"~1\":10};[{\"op\":\"test\",\"path\":\"/~01\",\"value\":\"10\"}];test-failed",
        "{\"a\":[1]};[{\"op\":\"add\",\"path\":\"/a/2\",\"value\":1}];not-there",
        "{\"a\":[1]};[{\"op\":\"add\",\"path\":\"/a/00\",\"value\":1}];not-there",
        "{\"a\":[1]};[{\"op\":\"add\",\"path\":\"/a/+0\",\"value\":1}];not-there",
        "{\"a\":[1]};[{\"op\":\"add\",\"path\":\"/a/-1\",\"value\":1}];not-there",
        "{\"a\":[1]};[{\"op\":\"add\",\"path\":\"/a/\u0660\",\"value\":1}];not-there",
        "{\"a\":[1]};[{\"op\":\"add\",\"path\":\"/a/4294967296\",\"value\":1}];not-there",
        "{\"a\":[1]};[{\"op\":\"remove\",\"path\":\"/a/1\"}];not-there",
        "{\"a\":[1]};[{\"op\":\"remove\",\"path\":\"/a/-\"}];not-there",
        "{\"a\":[1]};[{\"op\":\"replace\",\"path\":\"/b\",\"value\":1}];not-there",
        "{\"a\":[1]};[{\"op\":\"test\",\"path\":\"/b\",\"value\":null}];not-there",
        "{\"a\":[1]};[{\"op\":\"copy\",\"from\":\"/b\",\"path\":\"/c\"}];not-there",
        "{\"a\":[1]};[{\"op\":\"move\",\"from\":\"/b\",\"path\":\"/c\"}];not-there"
      })
  void jsonPatchFailsAsItsExamplesShow(String target, String patch, String code) {
    PatchDocument.Outcome outcome = apply(target, patch);

    assertThat(outcome.value()).isNull();
    assertThat(outcome.problem().status()).isEqualTo(409);
    assertThat(outcome.problem().violations().get(0).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"op\":\"add\",\"path\":\"/a\",\"value\":1}",
        "1",
        "null",
        "[1]",
        "[[]]",
        "[{}]",
        "[{\"op\":\"spam\",\"path\":\"/a\"}]",
        "[{\"op\":\"ADD\",\"path\":\"/a\",\"value\":1}]",
        "[{\"op\":1,\"path\":\"/a\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":\"/a\"}]",
        "[{\"op\":\"add\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":\"a\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":\"/~\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":\"/~2\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":\"#/a\",\"value\":1}]",
        "[{\"op\":\"add\",\"path\":[\"a\"],\"value\":1}]",
        "[{\"op\":\"copy\",\"path\":\"/a\"}]",
        "[{\"op\":\"move\",\"path\":\"/a\",\"from\":null}]",
        "[{\"op\":\"move\",\"path\":\"/a/b\",\"from\":\"/a\"}]",
        "[{\"op\":\"move\",\"path\":\"/a\",\"from\":\"\"}]",
        "[{\"op\":\"remove\",\"path\":\"\"}]"
      })
  void whatIsNoPatchIsSaidToBeNone(String patch) {
    BindingProblems problems = new BindingProblems();

    PatchOperation.read(JSON.readTree(patch), null, problems);

    assertThat(problems.violations()).hasSize(1);
  }

  private static PatchDocument.Outcome apply(String target, String patch) {
    BindingProblems problems = new BindingProblems();
    JsonNode document = JSON.readTree(patch);
    List<PatchOperation> operations = PatchOperation.read(document, null, problems);
    assertThat(problems.violations()).isEmpty();
    return new PatchRun(JSON.readTree(target), 1000, 10).apply(operations);
  }
}
