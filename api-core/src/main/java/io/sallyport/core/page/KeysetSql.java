package io.sallyport.core.page;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The end of a statement, from behind {@code WHERE} or {@code AND}: a condition, {@code ORDER BY}
 * and {@code LIMIT}, with its parameters. Immutable.
 */
public final class KeysetSql {
  private static final Pattern PREFIX = Pattern.compile("[a-zA-Z]{1,32}");

  private final String condition;
  private final List<Object> values;
  private final String order;
  private final int limit;

  private KeysetSql(String condition, List<Object> values, String order, int limit) {
    this.condition = condition;
    this.values = List.copyOf(values);
    this.order = order;
    this.limit = limit;
  }

  static KeysetSql of(String condition, List<Object> values, String order, int limit) {
    return new KeysetSql(condition, values, order, limit);
  }

  KeysetSql limit(int rows) {
    return new KeysetSql(condition, values, order, rows);
  }

  /** The text, with a question mark for each parameter. */
  public String sql() {
    return condition + " " + order + " LIMIT ?";
  }

  /** The parameters, in order; the last is the limit. */
  public List<Object> parameters() {
    List<Object> all = new ArrayList<>(values);
    all.add(limit);
    return all;
  }

  /**
   * Sets the parameters in {@code statement}, the first at {@code from}, counted from 1.
   *
   * @return the index behind the last
   */
  public int bind(PreparedStatement statement, int from) throws SQLException {
    int index = from;
    for (Object parameter : parameters()) {
      statement.setObject(index++, parameter);
    }
    return index;
  }

  /**
   * The same with named parameters, as Jdbi and Spring take them: {@code :page1} and so on.
   *
   * @param prefix what the names begin with, up to 32 letters
   */
  public Named named(String prefix) {
    if (!PREFIX.matcher(requireNonNull(prefix, "prefix")).matches()) {
      throw new IllegalArgumentException("prefix must be 1 to 32 letters, was \"" + prefix + "\"");
    }
    Map<String, Object> named = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    // Identifiers hold no question mark, so that each one is a parameter.
    for (char c : sql().toCharArray()) {
      if (c == '?') {
        String name = prefix + (named.size() + 1);
        named.put(name, parameters().get(named.size()));
        text.append(':').append(name);
      } else {
        text.append(c);
      }
    }
    return new Named(text.toString(), named);
  }

  /** The text; never a value, which may be personal data. */
  @Override
  public String toString() {
    return sql();
  }

  /**
   * A text with named parameters.
   *
   * @param sql the text
   * @param parameters the values by name
   */
  public record Named(String sql, Map<String, Object> parameters) {
    public Named {
      requireNonNull(sql, "sql");
      parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }
}
