// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import java.util.List;
import java.util.stream.Collectors;

/** A question of the demo: in words, and as the options of a command. */
record DemoQuestion(String words, String command, List<String> options) {

  static final List<DemoQuestion> ALL = List.of(
      query("How did the months of 2025 go?",
          "--metrics", "revenue,orders,average_order_value", "--group-by", "metric_time__month", "--time-range", "2025-01-01..2025-12-31",
          "--order-by", "metric_time__month"),
      query("What was sold and what came back, by where parcels go? Several facts, each aggregated on its own, none counted twice.",
          "--metrics", "revenue,refund_amount,net_revenue", "--group-by", "shipping_country__region", "--order-by", "-revenue"),
      query("Who buys? A ratio and a distinct count by an attribute two joins away, best first.",
          "--metrics", "buyers,average_order_value,repeat_customer_rate", "--group-by", "customer__segment", "--having", "buyers > 100",
          "--order-by", "-buyers"),
      query("How does the last 30 days' revenue move? A trailing window over a calendar without gaps.",
          "--metrics", "revenue,revenue_last_30_days", "--group-by", "metric_time__day", "--time-range", "2025-12-20..2025-12-31",
          "--order-by", "metric_time__day"),
      query("How many visits lead to an order within a week?",
          "--metrics", "visits,visit_orders_7d,visit_order_rate_7d", "--group-by", "metric_time__quarter", "--time-range",
          "2025-01-01..2025-12-31", "--order-by", "metric_time__quarter"),
      new DemoQuestion("And how is such an answer found?", "explain",
          List.of("--metrics", "revenue,refund_amount", "--group-by", "shipping_country__region", "--where",
              "metric_time >= '2025-01-01'")));

  static final String WHAT_NEXT = """

      What next?
        ./sextant list examples/retail metrics                      everything that can be asked
        ./sextant query --help                                      filters, ordering, formats
        ./sextant serve examples/retail                             the same over HTTP, and then:
        curl -s localhost:8080/v1/query -H 'Accept: text/csv' -d '{"metrics": ["revenue"], "group_by": ["metric_time__month"]}'
      """;

  private static DemoQuestion query(String words, String... options) {
    return new DemoQuestion(words, "query", List.of(options));
  }

  /** The options as somebody would type them. */
  String written() {
    return options.stream().map(option -> option.matches("[\\w./,=-]+") ? option : "\"" + option + "\"").collect(Collectors.joining(" "));
  }
}
