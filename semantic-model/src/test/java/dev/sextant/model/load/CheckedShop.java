// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import java.util.List;

/** A valid model for wrong definitions to follow: line 17 is their first, line 21 the first after its metrics. */
final class CheckedShop {
  static final String SHOP = """
      semantic_models:
        - name: orders
          table: orders
          defaults: {agg_time_dimension: ordered_at}
          entities: [{name: order_id, type: primary}, {name: customer, type: foreign, expr: customer_id}]
          dimensions: [{name: ordered_at, type: time, type_params: {time_granularity: day}}, {name: status, type: categorical}]
          measures: [{name: revenue, agg: sum, expr: amount}, {name: orders, agg: count, expr: 1}]
        - name: customers
          table: customers
          entities: [{name: customer, type: primary, expr: id}]
          dimensions: [{name: country, type: categorical}]
        - name: suppliers
          table: suppliers
          entities: [{name: supplier, type: primary, expr: id}]
          dimensions: [{name: city, type: categorical}]
      ---
      """;
  static final String METRICS = SHOP + """
      metrics:
        - {name: revenue, type: simple, type_params: {measure: revenue}}
        - {name: orders, type: simple, type_params: {measure: orders}}
      ---
      """;

  static List<String> issues(String definitions) {
    return TestProject.of(definitions).issues();
  }

  private CheckedShop() {}
}
