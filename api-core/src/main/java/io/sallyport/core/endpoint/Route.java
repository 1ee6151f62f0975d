package io.sallyport.core.endpoint;

import java.util.List;
import java.util.NoSuchElementException;

/** What a method and a raw path lead to in an endpoint table; decided once for each request. */
public sealed interface Route {
  /** The template of the resource, for logs and metrics; {@code -} where there is none. */
  String template();

  /** A declared endpoint. */
  final class Matched implements Route {
    private final Endpoint endpoint;
    private final List<String> variables;
    private final List<String> values;
    private final SafePath path;

    Matched(Endpoint endpoint, List<String> variables, List<String> values, SafePath path) {
      this.endpoint = endpoint;
      this.variables = variables;
      this.values = values;
      this.path = path;
    }

    /** The endpoint. */
    public Endpoint endpoint() {
      return endpoint;
    }

    /** The checked path. */
    public SafePath path() {
      return path;
    }

    /** The names of the path variables, in order. */
    public List<String> variables() {
      return variables;
    }

    /**
     * The decoded value of a path variable, never empty.
     *
     * @throws NoSuchElementException if the endpoint's template has no such variable
     */
    public String variable(String name) {
      int index = variables.indexOf(name);
      if (index < 0) {
        throw new NoSuchElementException(
            endpoint + " has no path variable {" + name + "}; it has " + variables);
      }
      return values.get(index);
    }

    @Override
    public String template() {
      return endpoint.path();
    }
  }

  /** A declared resource without an endpoint for the method. */
  record MethodNotAllowed(String template, String allow) implements Route {}

  /** {@code OPTIONS} on a declared resource that does not declare it. */
  record Options(String template, String allow) implements Route {}

  /** No declared resource. */
  record Undeclared(SafePath path) implements Route {
    @Override
    public String template() {
      return "-";
    }
  }

  /** A path that is refused before it is matched. */
  record Malformed(MalformedPathException.Reason reason) implements Route {
    @Override
    public String template() {
      return "-";
    }
  }
}
