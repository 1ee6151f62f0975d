package io.sallyport.observability.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.observability.log.AccessLogEntry;
import io.sallyport.observability.log.AccessLogJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import tools.jackson.databind.JsonNode;

class AccessLogJsonProperties {
  @Property
  void aLineIsOneLineOfVisibleAsciiWhateverTheCallerIsCalled(
      @ForAll @StringLength(max = 300) String caller) {
    String line = AccessLogJson.encode(entry(caller));

    assertThat(line.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)).isTrue();
  }

  @Property
  void aLineReadsBackAsWhatWasWritten(@ForAll @StringLength(max = 256) String caller) {
    JsonNode line = AccessLogSchema.parse(AccessLogJson.encode(entry(caller)));

    assertThat(line.get("caller").asString()).isEqualTo(caller);
    assertThat(line.get("status").asInt()).isEqualTo(200);
  }

  @Property
  void aNameIsCutToTheLengthThatTheSchemaAllows(
      @ForAll @StringLength(min = 257, max = 600) String caller) {
    assertThat(entry(caller).caller().orElseThrow()).isEqualTo(caller.substring(0, 256));
  }

  @Example
  void aCallerCannotForgeAnEntry() {
    String line =
        AccessLogJson.encode(entry("ann\"}\r\n{\"time\":\"\u001b[2K\u007f\u0085\u2028\u202e"));

    assertThat(line).doesNotContain("\r", "\n", "\u001b", "\u007f", "\u0085", "\u2028", "\u202e");
    assertThat(line).contains("ann\\\"}\\r\\n{\\\"time\\\":\\\"\\u001B[2K\\u007F");
  }

  private static AccessLogEntry entry(String caller) {
    return new AccessLogEntry(
        Instant.EPOCH,
        "0123456789abcdef0123456789abcdef",
        "GET",
        "-",
        Optional.empty(),
        200,
        1,
        Optional.of(caller),
        Optional.empty(),
        "192.0.2.1",
        Optional.empty(),
        List.of(),
        0);
  }
}
