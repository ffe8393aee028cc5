// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A question of semantic SQL free of how a tool writes it: keys, metrics, conditions, and what is done with the grouped block. */
record SqlAsk(List<Part> keys, List<String> metrics, List<Part> conditions, Above above, long constant) {

  /** SQL over one column, which stands as {@code @} in it. */
  record Part(String sql, String column) {
    String over(String columnSql) {
      return sql.replace("@", columnSql);
    }
  }

  /** What is asked of the grouped block, or in place of one. */
  enum Above {
    NOTHING, HAVING, TOP, WINDOW, WINDOW_WITHIN, ROLLUP, GROUPING_SETS, UNION_TOTAL, JOIN, SHARE, IN_SUBQUERY, COUNTED, REGROUPED, DISTINCT,
    ROWS, CTE, EXCEPT, RUNNING, QUALIFIED, EXISTS, AT_ALL, AT_ALL_KEY, AT_SET, AT_VISIBLE, AT_WHERE, AT_CURRENT
  }

  SqlAsk {
    keys = List.copyOf(keys);
    metrics = List.copyOf(metrics);
    conditions = List.copyOf(conditions);
  }

  boolean groups() {
    return above != Above.DISTINCT && above != Above.ROWS;
  }

  SqlAsk withAbove(Above other) {
    return new SqlAsk(keys, metrics, conditions, other, constant);
  }

  SqlAsk with(List<Part> otherKeys, List<String> otherMetrics, List<Part> otherConditions) {
    return new SqlAsk(otherKeys, otherMetrics, otherConditions, above, constant);
  }

  /** The names of the block's columns: {@code k1, k2, m1}. */
  List<String> columns() {
    return IntStream.rangeClosed(1, keys.size() + (above == Above.DISTINCT ? 0 : metrics.size()))
        .mapToObj(i -> i <= keys.size() ? "k" + i : "m" + (i - keys.size()))
        .toList();
  }

  String keyNames() {
    return IntStream.rangeClosed(1, keys.size()).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
  }
}
