// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes what stands above and around grouped blocks, the same for the question and for its answer by hand. */
final class SqlBlocks {
  private final Block block;

  /** Writes a grouped block of a question; {@code extra} is a clause after the keys, {@code more} further columns over its metrics. */
  interface Block {
    String write(SqlAsk ask, String grouping, Function<List<String>, String> more, Function<List<String>, String> having);

    String rows(SqlAsk ask);

    String distinct(SqlAsk ask);

    /** The block with its first metric once more as {@code c1}, in the context that {@link AtContexts} tells. */
    String inContext(SqlAsk ask);
  }

  SqlBlocks(Block block) {
    this.block = block;
  }

  String write(SqlAsk ask) {
    return switch (ask.above()) {
      case NOTHING -> plain(ask);
      case HAVING -> block.write(ask, "", metrics -> "", metrics -> metrics.getFirst() + " > " + ask.constant());
      case TOP -> "select * from (" + plain(ask) + ") as ranked order by " + ordinals(ask) + " limit " + (1 + ask.constant() % 5);
      case WINDOW ->
          "select " + String.join(", ", ask.columns()) + ", sum(m1) over () as total, rank() over (order by m1 desc nulls last) as place"
              + " from (" + plain(ask) + ") as windowed";
      case WINDOW_WITHIN -> block.write(ask, "", metrics -> ", sum(" + metrics.getFirst() + ") over () as total", metrics -> "");
      case ROLLUP -> block.write(ask, "rollup", metrics -> "", metrics -> "");
      case GROUPING_SETS -> block.write(ask, "grouping sets", metrics -> "", metrics -> "");
      case UNION_TOTAL -> plain(ask) + " union all select k1, " + "null, ".repeat(ask.keys().size() - 1) + names("m", ask.metrics().size())
          + " from (" + plain(ask.with(ask.keys().subList(0, 1), ask.metrics(), ask.conditions())) + ") as totals";
      case JOIN -> "select a.k1, " + names("a.m", ask.metrics().size()) + ", b.m1 from (" + plain(ask) + ") as a left join ("
          + plain(ask.with(ask.keys().subList(0, 1), List.of("orders"), List.of())) + ") as b on a.k1 is not distinct from b.k1";
      case SHARE -> "select " + String.join(", ", ask.columns()) + ", m1 / nullif(("
          + plain(ask.with(List.of(), ask.metrics().subList(0, 1), ask.conditions()))
          + "), 0) as share from (" + plain(ask) + ") as parts";
      case IN_SUBQUERY -> "select * from (" + plain(ask) + ") as outside where k1 in (select k1 from ("
          + plain(ask.with(ask.keys().subList(0, 1), List.of("revenue"), List.of())) + ") as inside where m1 > " + ask.constant() + ")";
      case COUNTED -> "select count(*) as n, count(m1) as valued from (" + plain(ask) + ") as counted";
      case REGROUPED -> "select k1, max(m1) as highest, count(*) as n from (" + plain(ask) + ") as regrouped group by k1";
      case CTE -> "with block as (" + plain(ask)
          + "), least as (select min(m1) as lowest from block) select block.*, lowest from block cross join least";
      case EXCEPT -> "select k1 from (" + plain(ask) + ") as these except select k1 from (" + oneKey(ask) + ") as others where m1 > "
          + ask.constant();
      case RUNNING -> "select " + String.join(", ", ask.columns()) + ", sum(m1) over (partition by k1 order by " + nullsFirst(ask)
          + " rows between unbounded preceding and current row) as running, lag(k1) over (order by " + nullsFirst(ask)
          + ") as before from ("
          + plain(ask) + ") as ordered";
      case QUALIFIED -> "select * from (select " + String.join(", ", ask.columns()) + ", row_number() over (order by " + nullsFirst(ask)
          + ") as place from (" + plain(ask) + ") as inside) as numbered where place <= 3 and k1 is not null";
      case EXISTS -> "select * from (" + plain(ask) + ") as outside where exists (select 1 from (" + oneKey(ask)
          + ") as inside where inside.k1 = outside.k1 and inside.m1 > " + ask.constant() + ")";
      case AT_ALL, AT_ALL_KEY, AT_SET, AT_VISIBLE, AT_WHERE, AT_CURRENT -> block.inContext(ask);
      case DISTINCT -> block.distinct(ask);
      case ROWS -> block.rows(ask);
    };
  }

  private String plain(SqlAsk ask) {
    return block.write(ask, "", metrics -> "", metrics -> "");
  }

  private String oneKey(SqlAsk ask) {
    return plain(ask.with(ask.keys().subList(0, 1), List.of("revenue"), List.of()));
  }

  private static String nullsFirst(SqlAsk ask) {
    return IntStream.rangeClosed(1, ask.keys().size()).mapToObj(i -> "k" + i + " nulls first").collect(Collectors.joining(", "));
  }

  private static String names(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).collect(Collectors.joining(", "));
  }

  private static String ordinals(SqlAsk ask) {
    return IntStream.rangeClosed(1, ask.columns().size()).mapToObj(i -> i + " nulls first").collect(Collectors.joining(", "));
  }
}
