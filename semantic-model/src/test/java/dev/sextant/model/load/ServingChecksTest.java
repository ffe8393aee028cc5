// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import org.junit.jupiter.api.Test;

import static dev.sextant.model.load.CheckedShop.METRICS;
import static dev.sextant.model.load.CheckedShop.SHOP;
import static dev.sextant.model.load.CheckedShop.issues;
import static org.assertj.core.api.Assertions.assertThat;

/** Every rule about what serves metrics: saved queries, views, rollups, features, syncs and policies, seen from outside. */
class ServingChecksTest {

  @Test
  void savedQueriesFit() {
    assertThat(issues(METRICS + """
        saved_queries:
          - name: q
            query_params:
              metrics: [revenue, revenu, revenue]
              group_by: ["Dimension('customer__country')", "TimeDimension('metric_time', 'day').grian('x')", supplier__city]
              order_by: ["-Metric('orders')", metric_time]
              where: ["{{ Dimension('supplier__city') }} = 'X'"]
              limit: -1
          - {name: r, query_params: {}}
        """)).containsExactly(
        "models/m.yml:24:26: metric 'revenu' is not defined. Did you mean 'revenue'?",
        "models/m.yml:24:34: 'revenue' is asked for twice",
        "models/m.yml:25:89: expected grain, date_part or descending after the dot, but found 'grian'",
        "models/m.yml:25:102: 'supplier__city' cannot be reached from semantic model 'orders' of metric 'revenue': no joins lead there",
        "models/m.yml:26:18: 'orders' is ordered by but not asked for.",
        "models/m.yml:26:39: 'metric_time' is ordered by but not asked for.",
        "models/m.yml:27:16: 'supplier__city' cannot be reached from semantic model 'orders' of metric 'revenue': no joins lead there",
        "models/m.yml:28:14: a limit is 0 or more rows, not -1",
        "models/m.yml:29:12: query 'r' asks for nothing; give it metrics or group_by");
  }

  @Test
  void viewsFit() {
    assertThat(issues(METRICS + """
        views:
          - {name: v, metrics: [revenue, revenu], dimensions: [metric_time, {name: revenue, of: customer__country}, customer__cuntry]}
          - {name: w}
          - {name: x, metrics: revenue, dimensions: '*'}
          - {name: y, dimensions: [revenue]}
        """)).containsExactly(
        "models/m.yml:22:34: metric 'revenu' is not defined. Did you mean 'revenue'?",
        "models/m.yml:22:76: view 'v' has two columns 'revenue'; give one another name with {name: .., of: ..}",
        "models/m.yml:22:109: 'customer__cuntry' is neither a dimension nor an entity. Did you mean 'customer__country'?",
        "models/m.yml:23:12: view 'w' has no columns; give it metrics or dimensions",
        "models/m.yml:25:28: 'revenue' is a metric; a dimension or entity is expected here");
  }

  @Test
  void rollupsFit() {
    assertThat(issues(METRICS + """
        rollups:
          - name: a
            metrics: [revenue, revenu]
            dimensions: [customer__country, supplier__city, metric_time, order_id__ordered_at__day]
            grain: week
            partition_by: month
            refresh: {every: hourly, lookback: 3 days, after: c}
            store: locl
          - {name: b, metrics: orders, partition_by: month}
        """)).containsExactly(
        "models/m.yml:23:24: metric 'revenu' is not defined. Did you mean 'revenue'?",
        "models/m.yml:24:37: 'supplier__city' cannot be reached from semantic model 'orders' of metric 'revenue': no joins lead there",
        "models/m.yml:24:53: a rollup's dimensions have no grains; for metric_time use the key 'grain', not 'metric_time'",
        "models/m.yml:24:66: a rollup's dimensions have no grains; for metric_time use the key 'grain', not 'order_id__ordered_at__day'",
        "models/m.yml:26:19: a partition is made of whole periods: week does not tile month",
        "models/m.yml:27:22: a length of time is a number and a unit, such as 1h or 3 days; found 'hourly'",
        "models/m.yml:27:55: 'c' is no rollup, feature view, training set or sync. Did you mean 'a' or 'b'?",
        "models/m.yml:28:12: expected one of warehouse, local but found 'locl'. Did you mean 'local'?",
        "models/m.yml:29:46: partition_by needs the key 'grain'");
  }

  @Test
  void rollupsEstimateWhatDoesNotMerge() {
    assertThat(issues(METRICS + """
        rollups:
          - {name: a, metrics: orders, grain: day, approximate: true}
          - {name: b, metrics: orders, grain: day, approximate: false}
        """))
        .containsExactly("models/m.yml:22:57: rollup 'a' has nothing to estimate: none of its metrics counts distinct values or takes a "
            + "percentile between values");
  }

  @Test
  void percentilesThatAreValuesAreNotEstimated() {
    String measure = SHOP.replace("{name: orders, agg: count, expr: 1}",
        "{name: typical, agg: percentile, expr: amount, agg_params: {percentile: 0.5, use_discrete_percentile: %s}}");
    String rollup = """
        metrics: [{name: typical, type: simple, type_params: {measure: typical}}]
        rollups: [{name: a, metrics: typical, grain: day, approximate: true}]
        """;
    assertThat(issues(measure.formatted("false") + rollup)).isEmpty();
    assertThat(issues(measure.formatted("true") + rollup)).singleElement().asString().contains("has nothing to estimate");
  }

  @Test
  void featuresAndTrainingSetsFit() {
    assertThat(issues(METRICS + """
        feature_views:
          - name: f
            entity: custmer
            features:
              - {metric: revenue, window: 30 days}
              - {metric: revenue, window: 30 days}
              - {metric: revenue}
              - {dimension: customer__country}
              - {expr: "revenue_30d / revenue_90d", name: x}
              - {expr: "1"}
              - {metric: orders, dimension: customer__country}
            max_age: 2 dayz
          - {name: g, entity: customer, features: [{metric: orders, window: 7 days}]}
        training_sets:
          - name: t
            spine: {table: labels, entity: supplier, at: label_time}
            features: [g, g:orders_7d, g:orders_8d, h]
            split: {by: tim}
          - name: u
            spine: {table: labels, entity: customer, at: label_time, label: churned}
            features: g
            split: {by: time, train_until: 2026-06-30, validate_until: 2026-06-30, x: 1}
            checks: [no_leakage, {class_balance: {min_share: 0.01}}, {not_null: [orders_7d]}]
          - {name: v, spine: {table: l, entity: customer, at: t}, features: g, split: {by: time, train_until: June}}
        """)).containsExactly(
        "models/m.yml:23:13: entity 'custmer' is not defined. Did you mean 'customer'?",
        "models/m.yml:26:18: feature 'revenue_30d' is defined twice; give one another name",
        "models/m.yml:27:18: the feature of metric 'revenue' needs the key 'window'",
        "models/m.yml:29:31: 'revenue_90d' is no feature of 'f' that stands before 'x'. Did you mean 'revenue_30d'?",
        "models/m.yml:30:16: a feature with an expression needs the key 'name'",
        "models/m.yml:31:37: a feature has exactly one of metric, dimension and expr",
        "models/m.yml:32:14: a length of time is a number and a unit, such as 1h or 3 days; found '2 dayz'",
        "models/m.yml:37:16: feature view 'g' is keyed by 'customer', which the spine of training set 't' does not name",
        "models/m.yml:37:19: feature view 'g' is keyed by 'customer', which the spine of training set 't' does not name",
        "models/m.yml:37:32: 'orders_8d' is no feature of 'g'. Did you mean 'orders_7d'?",
        "models/m.yml:37:32: feature view 'g' is keyed by 'customer', which the spine of training set 't' does not name",
        "models/m.yml:37:45: feature view 'h' is not defined. Did you mean 'f' or 'g'?",
        "models/m.yml:38:17: rows are split by time or random, not 'tim'. Did you mean 'time'?",
        "models/m.yml:39:11: the split of training set 'u' goes backwards: validate_until is not after train_until",
        "models/m.yml:44:12: the split of training set 'v' by time needs the key 'train_until'",
        "models/m.yml:44:103: a date is written 2026-01-31, not 'June'");
  }

  @Test
  void syncsFit() {
    assertThat(TestProject.of(METRICS + """
        syncs:
          - name: s
            query: {metrics: [revenue], group_by: [customer, customer__cuntry]}
            key: [customer, revenue]
            destination: crmm
            match: email
            map: {value: revenue, n: orders, source: {value: sextant}, both: {value: a, column: b}}
            mode: upsrt
            schedule: {after: nothing, every: 5 min}
            guard: {max_removed: 500%, required: [email, name]}
          - {name: t, saved_query: q, key: customer, destination: crm, map: {}}
          - {name: u, key: customer, destination: crm}
        """).file("sextant.yml", "name: x\ndestinations:\n  crm: {type: csv, path: out}\n").issues()).containsExactly(
        "models/m.yml:23:54: 'customer__cuntry' is neither a dimension nor an entity. Did you mean 'customer__country'?",
        "models/m.yml:24:21: 'revenue' is no column of the query that may stand here.",
        "models/m.yml:25:18: destination 'crmm' is not defined in sextant.yml. Did you mean 'crm'?",
        "models/m.yml:27:30: 'orders' is no column of the query that may stand here.",
        "models/m.yml:27:64: a field has either a column or a value",
        "models/m.yml:28:11: expected one of insert, update, upsert, mirror, append but found 'upsrt'. Did you mean 'upsert'?",
        "models/m.yml:29:23: 'nothing' is no rollup, feature view, training set or sync.",
        "models/m.yml:30:26: a share is more than 0 and at most 1, or 100%; found '500%'",
        "models/m.yml:30:50: required field 'name' is not in the map.",
        "models/m.yml:31:28: saved query 'q' is not defined.",
        "models/m.yml:32:12: sync 'u' needs exactly one of query and saved_query");
  }

  @Test
  void policiesFit() {
    assertThat(issues(METRICS + """
        views: [{name: sales, metrics: [revenue]}]
        access_policies:
          - {name: a, roles: [x], rows: "customer__cuntry = 'DE' and {{ Metric('orders', ['customer']) }} > 1", on: [sale]}
          - {name: b, roles: '*', mask: {customer__cuntry: hash, customer__country: hsh}}
          - {name: c, roles: '*'}
          - {name: d, mask: {customer__country: null}}
        """)).containsExactly(
        "models/m.yml:23:34: 'customer__cuntry' is neither a dimension nor an entity. Did you mean 'customer__country'?",
        "models/m.yml:23:62: access policies filter by dimensions and entities, not by metrics",
        "models/m.yml:23:110: view 'sale' is not defined. Did you mean 'sales'?",
        "models/m.yml:24:34: 'customer__cuntry' is neither a dimension nor an entity. Did you mean 'customer__country'?",
        "models/m.yml:24:77: expected one of hash, null, redact but found 'hsh'. Did you mean 'hash'?",
        "models/m.yml:25:12: access policy 'c' needs rows, mask or hide",
        "models/m.yml:26:12: access policy 'd' needs the key 'roles'; '*' stands for everybody");
  }
}
