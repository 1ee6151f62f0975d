package io.sallyport.core.paths;

import java.util.ArrayList;
import java.util.List;

/** Paths that some parser reads as another path than the next one does. */
final class HostilePaths {
  private HostilePaths() {}

  static List<String> all() {
    List<String> paths = new ArrayList<>();
    between(paths, "/v1/invoices", "/v1/admin", dotSegments());
    between(paths, "/public", "/v1/admin", dotSegments());
    inside(paths, separators());
    inside(paths, parameters());
    inside(paths, controls());
    inside(paths, brokenEscapes());
    inside(paths, illegal());
    doubleSlashes(paths);
    notAPath(paths);
    tooLong(paths);
    undeclared(paths);
    return paths.stream().distinct().toList();
  }

  private static List<String> dotSegments() {
    return List.of(
        "..",
        ".",
        "%2e%2e",
        "%2E%2E",
        ".%2e",
        "%2e.",
        "%2e",
        "%2E",
        "..;",
        "..;x=y",
        "%2e%2e;",
        ";/..",
        "%252e%252e",
        "%252E%252E",
        ".%252e",
        "%c0%ae%c0%ae",
        "%c0%2e%c0%2e",
        "%e0%80%ae%e0%80%ae",
        "%f0%80%80%ae%f0%80%80%ae",
        "%u002e%u002e",
        "..%00",
        "..%2f",
        "%2e%2e%2f",
        "..%5c",
        "..\\",
        "%2e%2e%5c",
        "..%0a",
        "..%0d%0a",
        "..%09",
        "..%255c",
        "..%252f",
        "%ef%bc%8e%ef%bc%8e",
        "...",
        "..%20");
  }

  /** From {@code inner} back up and over to {@code target}, which needs other rights. */
  private static void between(
      List<String> paths, String inner, String target, List<String> segments) {
    for (String segment : segments) {
      paths.add(inner + "/" + segment + "/" + target.substring(target.lastIndexOf('/') + 1));
      paths.add(inner + "/" + segment + target);
    }
  }

  /** At the places of a path at which a parser may cut it. */
  private static void inside(List<String> paths, List<String> pieces) {
    for (String piece : pieces) {
      paths.add("/v1/admin" + piece);
      paths.add("/v1" + piece + "admin");
      paths.add("/v1/invoices/1" + piece);
      paths.add(piece + "/v1/admin");
    }
  }

  private static List<String> separators() {
    return List.of(
        "%2f",
        "%2F",
        "%5c",
        "%5C",
        "\\",
        "%252f",
        "%255c",
        "%c0%af",
        "%e0%80%af",
        "%c1%9c",
        "%f0%80%80%af");
  }

  private static List<String> parameters() {
    return List.of(";", ";x", ";jsessionid=1", "%3b", "%3Bx=y", ";/", ";%2f..");
  }

  private static List<String> controls() {
    return List.of(
        "%00",
        "%00.json",
        "%01",
        "%07",
        "%08",
        "%09",
        "%0a",
        "%0d",
        "%0d%0aX:%20y",
        "%1b",
        "%1f",
        "%7f",
        "%c2%80",
        "%c2%9f",
        "%e2%80%ae",
        "%e2%80%8b",
        "%e2%80%a8",
        "%ef%bb%bf");
  }

  private static List<String> brokenEscapes() {
    return List.of(
        "%",
        "%2",
        "%zz",
        "%g0",
        "%0",
        "%%32%66",
        "%u002f",
        "%-1",
        "%c0",
        "%80",
        "%ff",
        "%fe",
        "%e2%82",
        "%ed%a0%80",
        "%ed%bf%bf",
        "%f4%90%80%80",
        "%f8%88%80%80%80",
        "%c0%80",
        "%25",
        "%2500",
        "%EF%BC%8F%25");
  }

  private static List<String> illegal() {
    return List.of("\"", "<", ">", "^", "`", "{", "}", "|", "[", "]", "\u00e9", "\u00ff", "{id}");
  }

  private static void doubleSlashes(List<String> paths) {
    paths.addAll(
        List.of(
            "//v1/admin",
            "/v1//admin",
            "/v1/admin//",
            "///",
            "//",
            "/v1///admin",
            "//localhost/v1/admin",
            "/v1/invoices//1",
            "/public//../v1/admin",
            "/./v1/admin",
            "/v1/./admin",
            "/v1/admin/.",
            "/v1/admin/..",
            "/../v1/admin",
            "/..",
            "/."));
  }

  private static void notAPath(List<String> paths) {
    paths.addAll(List.of("*", "v1/admin", "\\v1\\admin", ";/v1/admin", "%2fv1%2fadmin"));
  }

  private static void tooLong(List<String> paths) {
    paths.add("/v1/invoices/" + "a".repeat(5_000));
    paths.add("/v1/invoices/" + "%61".repeat(1_500));
    paths.add("/a".repeat(65));
    paths.add("/v1/invoices" + "/a".repeat(1_000));
  }

  /** Near misses: each is another path than the one it resembles. */
  private static void undeclared(List<String> paths) {
    paths.addAll(
        List.of(
            "/v1/admin/",
            "/V1/admin",
            "/v1/ADMIN",
            "/v1/admin.json",
            "/v1/admin.",
            "/v1/admin%20",
            "/v1/invoices/",
            "/v1/invoices/1/",
            "/v1/invoices/1/2",
            "/v1/%61dmin/",
            "/v1",
            "/v1/",
            "/v1/admin/users",
            "/v1/admin/users/",
            "/v1%ef%bc%8fadmin",
            "/v1/adm%C4%B1n",
            "/WEB-INF/web.xml",
            "/META-INF/MANIFEST.MF",
            "/v1/admin~",
            "/v1/admin*",
            "/v1/*",
            "/v1/admin%3fx",
            "/v1/admin%23x",
            "/public/info/",
            "/public",
            "/public/INFO"));
  }
}
