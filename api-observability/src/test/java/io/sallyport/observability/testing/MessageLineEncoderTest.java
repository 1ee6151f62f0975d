package io.sallyport.observability.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import io.sallyport.observability.log.MessageLineEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageLineEncoderTest {
  private final MessageLineEncoder encoder = new MessageLineEncoder();

  private String line(String message) {
    LoggingEvent event = new LoggingEvent();
    event.setMessage(message);
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void aMessageIsALineAndNothingElse() {
    assertThat(line("{\"id\":\"1\"}")).isEqualTo("{\"id\":\"1\"}\n");
    assertThat(line("größer 😀")).isEqualTo("größer 😀\n");
    assertThat(encoder.headerBytes()).isEmpty();
    assertThat(encoder.footerBytes()).isEmpty();
  }

  @Test
  void noMessageBeginsALineOfItsOwn() {
    assertThat(line("one\r\ntwo\u001b[2K\u0000\u007f")).isEqualTo("one  two [2K  \n");
  }
}
