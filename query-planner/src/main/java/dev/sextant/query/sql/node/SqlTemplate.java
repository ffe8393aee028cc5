// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.calcite.sql.SqlNode;

/** A statement's text with places for the values of its parameters; {@code counts} are those that say how many rows there are to be. */
public record SqlTemplate(List<String> texts, List<Integer> places, Set<Integer> counts) {

  public SqlTemplate {
    texts = List.copyOf(texts);
    places = List.copyOf(places);
    counts = java.util.Collections.unmodifiableSet(new TreeSet<>(counts));
  }

  /** Finds the places in written SQL. */
  public static SqlTemplate of(String sql, Parameters parameters) {
    if (!parameters.marks()) {
      return new SqlTemplate(List.of(sql), List.of(), parameters.counts());
    }
    List<String> texts = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    int from = 0;
    for (int at = sql.indexOf(Parameters.OPEN); at >= 0; at = sql.indexOf(Parameters.OPEN, from)) {
      int end = sql.indexOf(Parameters.CLOSE, at);
      texts.add(sql.substring(from, at));
      places.add(Integer.parseInt(sql.substring(at + 1, end)));
      from = end + 1;
    }
    texts.add(sql.substring(from));
    return new SqlTemplate(texts, places, parameters.counts());
  }

  /** The statement with these values, as {@code writer} writes constants. */
  public String with(List<SqlParameter> values, Function<SqlNode, String> writer) {
    counts.forEach(index -> checkCount(values.get(index)));
    if (places.isEmpty()) {
      return texts.getFirst();
    }
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < places.size(); i++) {
      String value = writer.apply(ParameterLiterals.of(values.get(places.get(i)))).strip();
      sql.append(texts.get(i)).append(value.startsWith("-") ? "(" + value + ")" : value);
    }
    return sql.append(texts.getLast()).toString();
  }

  private static void checkCount(SqlParameter value) {
    boolean counts = value.type().kind() == dev.sextant.model.DataType.Kind.NULL
        || value.type().isNumeric() && new BigDecimal(value.text()).signum() >= 0
            && new BigDecimal(value.text()).stripTrailingZeros().scale() <= 0;
    if (!counts) {
      throw Problem.of(QueryIssue.INVALID_LIMIT,
          "'" + value.text() + "' cannot be a number of rows; it must be a whole number, 0 or more.");
    }
  }

  /** About how much memory it takes, in characters. */
  public int length() {
    return texts.stream().mapToInt(String::length).sum();
  }
}
