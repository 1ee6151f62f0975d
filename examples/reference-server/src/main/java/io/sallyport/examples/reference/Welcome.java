package io.sallyport.examples.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** What the server says to the one who tries it: where it is, three tokens, and a tour in curl. */
final class Welcome {
  private Welcome() {}

  static void print(PrintStream out, URI address, Map<String, String> tokens) {
    out.println();
    out.println("The billing API is ready. Its documentation, to read and to try, is at");
    out.println(address + "/docs");
    out.println();
    out.println("Paste this into another terminal; the tokens are good for an hour, and for this");
    out.println("process only.");
    out.println();
    out.println("BASE=" + address);
    tokens.forEach((name, token) -> out.println(name.toUpperCase(Locale.ROOT) + "=" + token));
    out.println();
    out.print(tour());
    out.println();
    out.println("Ctrl-C finishes what is under way and stops.");
    out.flush();
  }

  private static String tour() {
    try (InputStream tour = Welcome.class.getResourceAsStream("tour.sh")) {
      if (tour == null) {
        throw new IllegalStateException("tour.sh is missing beside " + Welcome.class.getName());
      }
      return new String(tour.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
