package io.sallyport.core.endpoint;

import static java.util.Objects.requireNonNull;

/**
 * One configuration fault found at start-up.
 *
 * @param where what is at fault, for example {@code GET /v1/invoices} or {@code file
 *     app.properties}
 * @param field the part of it that is at fault, for example {@code path}
 * @param value the value found, never a secret; empty when the value is missing
 * @param rule the rule that the value breaks, as a phrase that starts with a verb
 * @param remedy what to do about it, as an instruction
 */
public record Fault(String where, String field, String value, String rule, String remedy) {
  public Fault {
    requireNonNull(where, "where");
    requireNonNull(field, "field");
    requireNonNull(value, "value");
    requireNonNull(rule, "rule");
    requireNonNull(remedy, "remedy");
  }

  @Override
  public String toString() {
    String found = value.isEmpty() ? "" : " \"" + value + "\"";
    return where + ": " + field + found + " " + rule + "; " + remedy;
  }
}
