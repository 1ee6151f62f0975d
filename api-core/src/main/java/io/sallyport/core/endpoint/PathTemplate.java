package io.sallyport.core.endpoint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A path template taken apart: literal segments and variables in braces. Immutable. */
final class PathTemplate {
  private final List<String> segments;
  private final List<String> variables;

  private PathTemplate(List<String> segments, List<String> variables) {
    this.segments = segments;
    this.variables = variables;
  }

  /** Takes {@code endpoint}'s path apart; what is wrong with it is appended to {@code faults}. */
  static PathTemplate parse(Endpoint endpoint, List<Fault> faults) {
    String path = endpoint.path();
    List<String> segments = new ArrayList<>();
    List<String> variables = new ArrayList<>();
    if (!path.startsWith("/")) {
      faults.add(fault(endpoint, "must start with a slash", "write \"/" + path + "\""));
      return new PathTemplate(List.of(), List.of());
    }
    if (!path.equals("/")) {
      Set<String> seen = new HashSet<>();
      for (String segment : path.substring(1).split("/", -1)) {
        segments.add(segment);
        if (isVariable(segment)) {
          String name = segment.substring(1, segment.length() - 1);
          variables.add(name);
          if (!seen.add(name)) {
            faults.add(
                fault(
                    endpoint,
                    "must not use the variable {" + name + "} twice",
                    "give each variable a name of its own"));
          }
        } else {
          checkLiteral(endpoint, segment, faults);
        }
      }
    }
    return new PathTemplate(List.copyOf(segments), List.copyOf(variables));
  }

  private static void checkLiteral(Endpoint endpoint, String segment, List<Fault> faults) {
    if (segment.isEmpty()) {
      faults.add(
          fault(
              endpoint,
              "must not contain an empty segment",
              "remove the double or the trailing slash; a path with one is never matched"));
    } else if (segment.indexOf('*') >= 0) {
      faults.add(
          fault(
              endpoint,
              "must not contain a wildcard",
              "declare each path, with {name} for a segment that varies"));
    } else if (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0) {
      faults.add(
          fault(
              endpoint,
              "must use a variable as a whole segment, named by letters, digits and _",
              "write /{name}/, not \"" + segment + "\""));
    } else if (!SafePath.isSafeLiteral(segment)) {
      faults.add(
          fault(
              endpoint,
              "must hold only characters that need no encoding and no dot segments",
              "rename the segment \"" + segment + "\""));
    }
  }

  static boolean isVariable(String segment) {
    return segment.matches("\\{[A-Za-z_][A-Za-z0-9_]*\\}");
  }

  private static Fault fault(Endpoint endpoint, String rule, String remedy) {
    return new Fault(endpoint.toString(), "path", endpoint.path(), rule, remedy);
  }

  List<String> segments() {
    return segments;
  }

  List<String> variables() {
    return variables;
  }

  /** This template with its variables nameless, equal for templates that match the same paths. */
  String shape() {
    StringBuilder shape = new StringBuilder();
    for (String segment : segments) {
      shape.append('/').append(isVariable(segment) ? "{}" : segment);
    }
    return shape.toString();
  }
}
