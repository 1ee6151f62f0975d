package io.sallyport.core.openapi;

import io.sallyport.core.endpoint.Declaration;
import io.sallyport.core.endpoint.Endpoint;
import io.sallyport.core.filter.Handler;
import io.sallyport.core.problem.HeaderField;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/**
 * The documentation page: Swagger UI out of its webjar, and a page and a script of our own.
 *
 * <p>Four files, read at start-up under fixed names: no path of a client reaches the class path.
 */
final class SwaggerUi {
  private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/";
  private static final String VERSION = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private SwaggerUi() {}

  /** The page at {@code /docs}, and its files below. */
  static List<Declaration> endpoints() {
    String version = version();
    return List.of(
        file("/docs", "documentation", own("docs.html"), "text/html;charset=utf-8"),
        file("/docs/docs.js", "documentationScript", own("docs.js"), "text/javascript"),
        file(
            "/docs/swagger-ui-bundle.js",
            "documentationBundle",
            read(WEBJAR + version + "/swagger-ui-bundle.js"),
            "text/javascript"),
        file(
            "/docs/swagger-ui.css",
            "documentationStyle",
            read(WEBJAR + version + "/swagger-ui.css"),
            "text/css"));
  }

  private static Declaration file(String path, String id, byte[] bytes, String mediaType) {
    Representation file = new Representation(bytes, mediaType);
    Handler handler =
        mediaType.startsWith("text/html")
            ? FixedResponse.of(file, allowingOwnScripts())
            : FixedResponse.of(file);
    return Endpoint.get(path).id(id).with(handler);
  }

  /**
   * What the page may do that an API's answer may not: load scripts, styles and the document from
   * its own origin, and show images that its style sheet holds. Nothing inline, nothing from
   * another host, no form, no frame.
   */
  static HeaderField allowingOwnScripts() {
    return new HeaderField(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream stream = open(VERSION)) {
      properties.load(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static byte[] own(String name) {
    try (InputStream stream = SwaggerUi.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(String name) {
    try (InputStream stream = open(name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String name) {
    InputStream stream = SwaggerUi.class.getClassLoader().getResourceAsStream(name);
    if (stream == null) {
      throw new IllegalStateException(
          "the documentation page needs org.webjars:swagger-ui on the class path; add it, or leave"
              + " out withPage()");
    }
    return stream;
  }
}
