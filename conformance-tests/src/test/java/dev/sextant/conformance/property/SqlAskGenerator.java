// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.property.FlatOrders.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes up questions about the shop's orders; the same seed makes the same question. */
final class SqlAskGenerator {
  private static final Map<Kind, List<String>> KEYS = new LinkedHashMap<>();
  private static final Map<Kind, List<String>> CONDITIONS = new LinkedHashMap<>();

  static {
    KEYS.put(Kind.TEXT,
        List.of("@", "@", "@", "upper(@)", "coalesce(@, 'none')", "case when @ in ('gold', 'paid', 'DE', 'big') then 'A' else 'B' end",
            "cast(@ as text)", "nullif(@, 'gold')"));
    KEYS.put(Kind.NUMBER, List.of("@", "@", "case when @ < 3 then 'low' when @ >= 3 then 'high' end", "floor(@ / 2) * 2", "@ > 3"));
    KEYS.put(Kind.TRUTH, List.of("@", "@", "case when @ then 'yes' else 'no' end", "@ is true", "not @"));
    KEYS.put(Kind.TIME, List.of("date_trunc('month', @)", "date_trunc('month', @)", "date_trunc('year', @)", "date_trunc('day', @)",
        "date_trunc('week', @)", "cast(@ as date)", "extract(year from @)", "extract(month from @)", "date_trunc('quarter', @)"));
    KEYS.put(Kind.DAY, List.of("@", "date_trunc('month', @)", "extract(year from @)"));
    CONDITIONS.put(Kind.TEXT,
        List.of("@ = 'gold'", "@ <> 'paid'", "@ in ('DE', 'gold', 'paid', 'Ada')", "@ not in ('open', 'silver')", "@ is null",
            "@ is not null", "@ like '%a%'", "not (@ = 'gold')", "(@ = 'paid' or @ is null)", "lower(@) = 'gold'",
            "@ is distinct from 'paid'",
            "@ >= 'b'"));
    CONDITIONS.put(Kind.NUMBER, List.of("@ = 5", "@ <> 5", "@ >= 3", "@ between 2 and 4", "@ in (1, 4, 99)", "@ is null", "not (@ > 2)",
        "@ + 1 > 3"));
    CONDITIONS.put(Kind.TRUTH, List.of("@", "not @", "@ is null", "@ is true", "@ = true", "@ is not true"));
    CONDITIONS.put(Kind.TIME, List.of("@ >= date '2026-02-01'", "@ < timestamp '2026-03-01 00:00:00'",
        "@ >= date '2026-01-01' and @ < date '2026-03-01'", "@ is null", "@ is not null", "extract(month from @) = 2",
        "date_trunc('month', @) = date '2026-01-01'"));
    CONDITIONS.put(Kind.DAY,
        List.of("@ >= date '2026-01-31'", "@ is null", "@ = date '2025-12-30'", "@ between date '2026-01-01' and date '2026-02-28'"));
  }

  private final Random random;

  SqlAskGenerator(Random random) {
    this.random = random;
  }

  SqlAsk next() {
    SqlAsk.Above above = random.nextInt(3) == 0 ? SqlAsk.Above.NOTHING : one(List.of(SqlAsk.Above.values()));
    int fewest = needsKey(above) ? 1 : 0;
    List<SqlAsk.Part> keys = several(fewest + random.nextInt(3 - fewest), KEYS);
    List<String> all = new ArrayList<>(FlatOrders.METRICS.keySet());
    List<String> metrics = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      String metric = one(all);
      all.remove(metric);
      metrics.add(metric);
    }
    return new SqlAsk(keys, metrics, several(random.nextInt(3), CONDITIONS), above, 1 + random.nextInt(120));
  }

  private static boolean needsKey(SqlAsk.Above above) {
    return switch (above) {
      case ROLLUP, GROUPING_SETS, UNION_TOTAL, JOIN, IN_SUBQUERY, REGROUPED, DISTINCT, ROWS, EXCEPT, RUNNING, QUALIFIED, EXISTS, AT_ALL,
          AT_ALL_KEY,
          AT_SET, AT_VISIBLE, AT_WHERE, AT_CURRENT -> true;
      case NOTHING, HAVING, TOP, WINDOW, WINDOW_WITHIN, SHARE, COUNTED, CTE -> false;
    };
  }

  private List<SqlAsk.Part> several(int count, Map<Kind, List<String>> forms) {
    return IntStream.range(0, count).mapToObj(any -> {
      FlatOrders.Column column = one(FlatOrders.COLUMNS);
      return new SqlAsk.Part(one(forms.getOrDefault(column.kind(), List.of("@"))), column.name());
    }).distinct().toList();
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
