package io.sallyport.core.openapi;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What a document says of the API as a whole. Immutable.
 *
 * @param title the name of the API
 * @param version the version of the API, not of OpenAPI
 * @param description what it is for, in CommonMark; empty when the title says it
 * @param contact the address of whom to ask; empty when nobody
 * @param contactUrl where to ask; empty when nowhere
 * @param license the SPDX identifier of its license; empty when it is not said
 * @param servers where it is served; empty for beside the document
 */
public record OpenApiInfo(
    String title,
    String version,
    String description,
    String contact,
    String contactUrl,
    String license,
    List<Server> servers) {
  public OpenApiInfo {
    requireNonNull(title, "title");
    requireNonNull(version, "version");
    requireNonNull(description, "description");
    requireNonNull(contact, "contact");
    requireNonNull(contactUrl, "contactUrl");
    requireNonNull(license, "license");
    servers = List.copyOf(servers);
  }

  /**
   * Where an API is served.
   *
   * @param url its URL, which may be relative to the document
   * @param description which environment that is
   */
  public record Server(String url, String description) {
    public Server {
      requireNonNull(url, "url");
      requireNonNull(description, "description");
      if (URI.create(url).getUserInfo() != null) {
        throw new IllegalArgumentException("url must not hold credentials");
      }
    }
  }

  /** An API of {@code title} in {@code version}. */
  public static OpenApiInfo of(String title, String version) {
    return new OpenApiInfo(title, version, "", "", "", "", List.of());
  }

  /** This with a description. */
  public OpenApiInfo description(String commonMark) {
    return new OpenApiInfo(title, version, commonMark, contact, contactUrl, license, servers);
  }

  /** This with whom to ask, and where. */
  public OpenApiInfo contact(String name, String url) {
    return new OpenApiInfo(title, version, description, name, url, license, servers);
  }

  /** This under a license, by its SPDX identifier. */
  public OpenApiInfo license(String spdx) {
    return new OpenApiInfo(title, version, description, contact, contactUrl, spdx, servers);
  }

  /** This, served at {@code url} too. */
  public OpenApiInfo server(String url, String text) {
    List<Server> more = new ArrayList<>(servers);
    more.add(new Server(url, text));
    return new OpenApiInfo(title, version, description, contact, contactUrl, license, more);
  }
}
