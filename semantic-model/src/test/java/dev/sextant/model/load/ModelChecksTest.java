// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every rule of the room check, seen from outside. Line 1 of the definitions follows 16 lines of a valid model. */
class ModelChecksTest {
  private static final String SHOP = """
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
  private static final String METRICS = SHOP + """
      metrics:
        - {name: revenue, type: simple, type_params: {measure: revenue}}
        - {name: orders, type: simple, type_params: {measure: orders}}
      ---
      """;

  private static List<String> issues(String definitions) {
    return TestProject.of(definitions).issues();
  }

  @Test
  void theShopIsValid() {
    assertThat(issues(METRICS)).isEmpty();
  }

  @Test
  void namesAreMadeToBeTakenApart() {
    assertThat(issues("""
        semantic_models:
          - name: 2orders
            table: orders
            primary_entity: metric_time
            dimensions: [{name: a__b, type: categorical}, {name: month, type: categorical}, {name: extract_year, type: categorical}]
            entities: [{name: day, type: foreign}]
            measures: [{name: trailing_, agg: sum}]
        """)).containsExactly(
        "models/m.yml:2:11: semantic model '2orders' needs another name: lower-case letters, digits and single underscores, a letter first, no underscore last",
        "models/m.yml:4:21: entity 'metric_time' needs another name: in queries this one means a time or a grain",
        "models/m.yml:5:25: dimension 'a__b' needs another name: lower-case letters, digits and single underscores, a letter first, no underscore last",
        "models/m.yml:5:58: dimension 'month' needs another name: in queries this one means a time or a grain",
        "models/m.yml:5:92: dimension 'extract_year' needs another name: in queries this one means a time or a grain",
        "models/m.yml:6:23: entity 'day' needs another name: in queries this one means a time or a grain",
        "models/m.yml:7:23: measure 'trailing_' needs another name: lower-case letters, digits and single underscores, a letter first, no underscore last");
  }

  @Test
  void namesMeanOneThing() {
    assertThat(issues(METRICS + """
        semantic_model: {name: Orders, table: o, entities: [{name: x, type: unique}, {name: x, type: foreign}],
          measures: [{name: revenue, agg: sum}]}
        ---
        metric: {name: revenue, type: simple, type_params: {measure: orders}}
        """)).containsExactly(
        "models/m.yml:21:24: semantic model 'orders' is defined twice; first at models/m.yml:2:11",
        "models/m.yml:21:85: entity or dimension 'x' is defined twice; first at models/m.yml:21:60",
        "models/m.yml:22:21: measure 'revenue' is defined twice; first at models/m.yml:7:23",
        "models/m.yml:24:16: metric 'revenue' is defined twice; first at models/m.yml:18:12");
  }

  @Test
  void entitiesFitTogether() {
    assertThat(issues(SHOP + """
        semantic_models:
          - name: a
            table: a
            entities: [{name: a, type: primary}, {name: b, type: primary}, {name: customer, type: foreign, expr: [x, y]}]
          - {name: c, table: c, dimensions: [{name: d, type: categorical}]}
          - {name: d, table: d, primary_entity: customer, entities: [{name: customer, type: foreign}, {name: e, type: foreign, of: customr}]}
        """)).containsExactly(
        "models/m.yml:20:49: semantic model 'a' has two primary entities, 'a' and 'b'; make one of them unique",
        "models/m.yml:20:75: entity 'customer' has 2 key columns here and 1 at models/m.yml:5:56; they cannot be joined",
        "models/m.yml:21:12: semantic model 'c' has dimensions but no primary entity to address them through; add an entity of type primary or the key 'primary_entity'",
        "models/m.yml:22:41: primary_entity 'customer' is a foreign entity of semantic model 'd': its values repeat",
        "models/m.yml:22:124: entity 'customr', which 'e' plays the role of, is not defined. Did you mean 'customer'?");
  }

  @Test
  void validityIsComplete() {
    assertThat(issues("""
        semantic_models:
          - name: a
            table: a
            primary_entity: v
            entities: [{name: n, type: natural}, {name: p, type: unique}]
            dimensions:
              - {name: f, type: time, type_params: {time_granularity: day, validity_params: {is_start: true}}}
            measures: [{name: m, agg: sum}]
          - {name: b, table: b, entities: [{name: n, type: natural}]}
          - name: c
            table: c
            primary_entity: w
            dimensions:
              - {name: f, type: time, type_params: {time_granularity: day, validity_params: {is_start: true, is_end: true}}}
              - {name: t, type: time, type_params: {time_granularity: day, validity_params: {is_end: true}}}
        """)).containsExactly(
        "models/m.yml:2:11: semantic model 'a' needs one dimension with is_start and one with is_end; it has 1 and 0",
        "models/m.yml:5:49: entity 'p' cannot be unique: rows of semantic model 'a' are valid for a time, so a key has several; make it natural",
        "models/m.yml:8:23: measure 'm' cannot be aggregated: rows of semantic model 'a' are valid for a time and would count for each",
        "models/m.yml:9:43: natural entity 'n' needs dimensions with validity_params is_start and is_end",
        "models/m.yml:10:11: semantic model 'c' has rows that are valid for a time, so it needs one natural entity; it has 0",
        "models/m.yml:14:16: time dimension 'f' is the start or the end of a row's validity, not both");
  }

  @Test
  void metricTimeIsATimeDimension() {
    assertThat(issues("""
        semantic_models:
          - name: a
            table: a
            defaults: {agg_time_dimension: orderd_at}
            primary_entity: p
            dimensions: [{name: ordered_at, type: time, type_params: {time_granularity: day}}, {name: status, type: categorical}]
            measures: [{name: m, agg: sum, agg_time_dimension: status}, {name: n, agg: sum}]
        metrics:
          - {name: o, agg: sum, expr: n, semantic_model: a, agg_time_dimension: ordered}
        """)).containsExactly(
        "models/m.yml:4:36: time dimension 'orderd_at' is not defined in semantic model 'a'. Did you mean 'ordered_at'?",
        "models/m.yml:7:56: dimension 'status' is no time dimension",
        "models/m.yml:9:73: time dimension 'ordered' is not defined in semantic model 'a'.");
  }

  @Test
  void aDatasetWithoutTimeIsFine() {
    assertThat(issues("""
        semantic_model: {name: a, table: a, entities: [{name: a, type: primary}], measures: [{name: m, agg: sum, create_metric: true}]}
        """)).isEmpty();
  }

  @Test
  void measuresFitTheirAggregation() {
    assertThat(issues("""
        semantic_models:
          - name: a
            table: a
            primary_entity: p
            defaults: {agg_time_dimension: d}
            dimensions:
              - {name: d, type: time, type_params: {time_granularity: day}}
              - {name: m, type: time, type_params: {time_granularity: month}}
              - {name: c, type: categorical}
            entities: [{name: user, type: foreign}]
            measures:
              - {name: a1, agg: correlation, expr: x}
              - {name: a2, agg: sum, expr: [x, y]}
              - {name: a3, agg: percentile, expr: x}
              - {name: a4, agg: percentile, expr: x, agg_params: {percentile: 95}}
              - {name: a5, agg: sum, agg_params: {percentile: 0.5}}
              - {name: a6, agg: count}
              - {name: a7, agg: custom, expr: x}
              - {name: a8, agg: sum, sql: "sum({expr})"}
              - {name: a9, agg: sum, non_additive_dimension: {name: m, window_groupings: [usr]}}
              - {name: b1, agg: sum, non_additive_dimension: {name: c}}
              - {name: b2, agg: sum, non_additive_dimension: {name: z}}
              - {name: b3, agg: custom, expr: x, sql: "approx_quantile({expr}, 0.5)", result_type: decimall}
              - {name: b4}
        """)).containsExactly(
        "models/m.yml:12:16: measure 'a1' has 1 expressions; agg correlation takes 2",
        "models/m.yml:13:16: measure 'a2' has 2 expressions; agg sum takes 1",
        "models/m.yml:14:16: percentile measure 'a3' needs agg_params: {percentile: ..} between 0 and 1",
        "models/m.yml:15:71: a percentile is a fraction between 0 and 1, such as 0.99; found 95",
        "models/m.yml:16:55: measure 'a5' has agg sum; only percentile has agg_params.percentile",
        "models/m.yml:17:16: count measure 'a6' needs the key 'expr': 1 to count rows, or what must not be NULL",
        "models/m.yml:18:16: custom measure 'a7' needs sql: with {expr} for the argument",
        "models/m.yml:19:35: 'sql' needs agg: custom",
        "models/m.yml:20:61: non-additive dimension 'm' has grain month, but measure 'a9' is aggregated over time of grain day",
        "models/m.yml:20:83: window grouping 'usr' is no entity of semantic model 'a'. Did you mean 'user'?",
        "models/m.yml:21:61: non-additive dimension 'c' is no time dimension",
        "models/m.yml:22:61: non-additive dimension 'z' is not defined in semantic model 'a'. Did you mean 'c' or 'd' or 'm'?",
        "models/m.yml:23:92: type 'decimall' is not known. Did you mean 'decimal'?",
        "models/m.yml:24:16: 'b4' needs the key 'agg'");
  }

  @Test
  void expressionsAreAboutOneRow() {
    assertThat(issues(METRICS + """
        semantic_model:
          name: x
          table: x
          primary_entity: x
          dimensions: [{name: d, type: categorical, expr: "{{ Dimension('a__b') }}"}]
          measures: [{name: m, agg: sum, expr: sum(amount)}]
        ---
        metrics:
          - {name: n, type: derived, type_params: {expr: sum(revenue) / max(orders), metrics: [revenue, orders]}}
        """)).containsExactly(
        "models/m.yml:25:52: {{ .. }} may stand in filters only; name the column or input itself",
        "models/m.yml:26:40: 'sum' aggregates rows, but an expression has the values of one row; use a measure with agg",
        "models/m.yml:29:50: 'sum' aggregates rows, but an expression has the values of one row; use a measure with agg",
        "models/m.yml:29:65: 'max' aggregates rows, but an expression has the values of one row; use a measure with agg");
  }

  @Test
  void dimensionsOfAnEntityAreUnique() {
    assertThat(issues(SHOP + """
        semantic_model: {name: more, table: m, entities: [{name: customer, type: primary}], dimensions: [{name: country, type: categorical}]}
        """)).containsExactly(
        "models/m.yml:17:105: 'customer__country' would mean two dimensions: this one and the one at models/m.yml:11:25; rename one");
  }

  @Test
  void timeSpinesFit() {
    assertThat(issues("""
        project_configuration:
          time_spine_table_configurations: [{location: s.old, column_name: d, grain: day}]
          time_spines:
            - {table: a, primary_column: {name: d, time_granularity: day}, custom_granularities: [{name: fiscal}, {name: months}]}
            - {table: b, primary_column: {name: d, time_granularity: day}, custom_granularities: [{name: fiscal}]}
            - {table: c, primary_column: {name: d, time_granularity: fortnight}}
        """)).containsExactly(
        "models/m.yml:4:114: custom granularity 'months' has the name of a standard grain",
        "models/m.yml:5:98: custom granularity 'fiscal' is defined twice",
        "models/m.yml:6:62: grain 'fortnight' is not a standard grain.");
  }

  @Test
  void whatDbtAllowsAndNoQueryCanUseIsWorthAWord() {
    assertThat(TestProject.of(METRICS + """
        project_configuration:
          time_spines:
            - {table: a, primary_column: {name: d, time_granularity: day}}
            - {table: b, primary_column: {name: d, time_granularity: day}}
        metric: {name: x, type: simple, type_params: {measure: orders}, filter: "{{ Metric('orders', ['order_id', 'customer']) }} > 1"}
        """).warnings()).containsExactly(
        "models/m.yml:24:62: there are two time spines of grain day: 'a' and 'b'",
        "models/m.yml:25:74: no query can use Metric('orders') with 2 entities in group_by; a filter needs exactly one");
  }

  @Test
  void derivedMetricsFit() {
    assertThat(issues(METRICS + """
        metrics:
          - {name: a, type: derived, type_params: {expr: revenue + orders, metrics: [revenue]}}
          - {name: b, type: derived, type_params: {expr: revenue * 2, metrics: [revenue, {name: orders, alias: revenue}]}}
          - {name: c, type: derived, type_params: {expr: revenue, metrics: [{name: revenue, offset_window: 1 day, offset_to_grain: day}]}}
          - {name: d, type: derived, type_params: {expr: "1"}}
          - {name: e, type: ratio, type_params: {numerator: reveneu, denominator: orders}}
          - {name: f, type: derived, type_params: {metrics: [revenue]}}
          - {name: g, type: ratio, type_params: {numerator: revenue}}
        """)).containsExactly(
        "models/m.yml:22:60: 'orders' is no input of 'a'.",
        "models/m.yml:23:104: two inputs are called 'revenue' in the expression of 'b'; give one an alias",
        "models/m.yml:24:124: input 'revenue' has an offset_window and an offset_to_grain; give it one",
        "models/m.yml:25:12: derived metric 'd' needs the key 'metrics'",
        "models/m.yml:26:53: metric 'reveneu' is not defined. Did you mean 'revenue'?",
        "models/m.yml:27:12: derived metric 'f' needs the key 'expr'",
        "models/m.yml:28:12: ratio metric 'g' needs the key 'denominator'");
  }

  @Test
  void inputsThatAreNotUsedAreWorthAWord() {
    assertThat(TestProject.of(METRICS + """
        metric: {name: a, type: derived, type_params: {expr: revenue * 2, metrics: [revenue, orders]}}
        """).warnings()).containsExactly("models/m.yml:21:86: input 'orders' is not used in the expression of 'a'");
  }

  @Test
  void labelsThatPeopleCannotTellApartAreWorthAWord() {
    assertThat(TestProject.of(SHOP + """
        metrics:
          - {name: a, label: Revenue, type: simple, type_params: {measure: revenue}}
          - {name: b, label: Revenue, type: simple, type_params: {measure: orders}}
        """).warnings()).containsExactly("models/m.yml:19:12: metric 'b' has the label 'Revenue' of 'a'");
  }

  @Test
  void metricsAreNotMadeOfThemselves() {
    assertThat(issues(METRICS + """
        metrics:
          - {name: a, type: derived, type_params: {expr: b + 1, metrics: [b]}}
          - {name: b, type: ratio, type_params: {numerator: c, denominator: revenue}}
          - {name: c, type: derived, type_params: {expr: a, metrics: [a]}}
          - {name: d, type: derived, type_params: {expr: d, metrics: [d]}}
        """)).containsExactly(
        "models/m.yml:22:12: metric 'a' is made of itself: 'a' needs 'b' needs 'c' needs 'a'",
        "models/m.yml:25:12: metric 'd' is made of itself: 'd' needs 'd'");
  }

  @Test
  void cumulativeMetricsFit() {
    assertThat(issues(METRICS + """
        project_configuration:
          time_spines: [{table: t, primary_column: {name: d, time_granularity: day}, custom_granularities: [{name: fiscal}]}]
        semantic_model: {name: timeless, table: x, entities: [{name: x, type: primary}], measures: [{name: m, agg: sum}]}
        metrics:
          - {name: a, type: cumulative, type_params: {measure: revenue, cumulative_type_params: {window: 7 days, grain_to_date: month}}}
          - {name: b, type: cumulative, type_params: {measure: revenue, window: 2 fiscals}}
          - {name: c, type: cumulative, type_params: {measure: revenue, grain_to_date: fiscal}}
          - {name: d, type: cumulative, type_params: {measure: m, window: 7 days}}
          - {name: e, type: cumulative, type_params: {measure: m}}
          - {name: f, type: cumulative, input_metric: a}
          - {name: g, type: cumulative}
          - {name: h, type: cumulative, type_params: {measure: revenue, window: seven days}}
          - {name: i, type: cumulative, type_params: {measure: revenue, window: 0 days}}
        """)).containsExactly(
        "models/m.yml:25:121: cumulative metric 'a' has a window and a grain_to_date; give it one",
        "models/m.yml:26:73: window needs a standard grain, but 'fiscal' is a custom one",
        "models/m.yml:27:80: grain_to_date needs a standard grain, but 'fiscal' is a custom one",
        "models/m.yml:28:12: cumulative metric 'd' runs over time, but measure 'm' has no agg_time_dimension",
        "models/m.yml:30:47: metric 'a' cannot stand here: only simple metrics are accumulated or connected",
        "models/m.yml:31:12: cumulative metric 'g' needs the key 'measure'",
        "models/m.yml:32:73: a length of time is a number and a grain, such as 7 days; found 'seven days'",
        "models/m.yml:33:73: a length of time has at least one period, not 0");
  }

  @Test
  void conversionMetricsFit() {
    assertThat(issues(METRICS + """
        semantic_model:
          name: visits
          table: visits
          defaults: {agg_time_dimension: visited_at}
          entities: [{name: visit, type: primary}, {name: visitor, type: foreign}]
          dimensions: [{name: visited_at, type: time, type_params: {time_granularity: day}}, {name: channel, type: categorical}]
          measures: [{name: visits, agg: count, expr: 1}]
        metrics:
          - name: a
            type: conversion
            type_params:
              conversion_type_params:
                base_measure: visits
                conversion_measure: revenue
                entity: visitor
                constant_properties: [{base_property: chanel, conversion_property: status}]
          - {name: b, type: conversion, type_params: {conversion_type_params: {base_measure: visits, conversion_measure: orders}}}
          - {name: c, type: conversion, type_params: {conversion_type_params: {entity: visitor, conversion_measure: orders}}}
        """)).containsExactly(
        "models/m.yml:34:29: a conversion metric counts events: measure 'revenue' needs agg count, count_distinct, or sum with expr: 1",
        "models/m.yml:35:17: entity 'visitor' is not defined in semantic model 'orders' of measure 'revenue'.",
        "models/m.yml:36:47: 'chanel' is neither a dimension nor an entity of semantic model 'visits'. Did you mean 'channel'?",
        "models/m.yml:37:12: conversion metric 'b' needs the key 'entity'",
        "models/m.yml:38:12: conversion metric 'c' needs the key 'base_measure'");
  }

  @Test
  void defaultGrainsAreNotFinerThanTheData() {
    assertThat(issues(METRICS + """
        metrics:
          - {name: a, type: simple, type_params: {measure: revenue}, time_granularity: hour}
          - {name: b, type: ratio, type_params: {numerator: revenue, denominator: orders}, time_granularity: minute}
          - {name: c, type: simple, type_params: {measure: revenue}, time_granularity: month}
        """)).containsExactly(
        "models/m.yml:22:80: time_granularity hour of metric 'a' is finer than its data, which has grain day",
        "models/m.yml:23:102: time_granularity minute of metric 'b' is finer than its data, which has grain day");
  }

  @Test
  void filtersNameWhatExistsAndCanBeReached() {
    assertThat(issues(METRICS + """
        metrics:
          - name: a
            type: simple
            type_params: {measure: {name: revenue, filter: "{{ Dimension('customer__cuntry') }} = 'DE'"}}
            filter:
              - "{{ TimeDimension('metric_time', 'mont') }} > '2020' or supplier__city = 'X'"
              - order_id__ordered_at__hour > 1 and order_id__status__month = 2
              - "{{ Metric('orderz', group_by=['customer']) }} > 2 and {{ Metric('orders') }} > 1"
              - "{{ Metric('orders', ['supplier']) }} > 2 and revenue > 3"
          - name: b
            type: ratio
            type_params: {numerator: {name: revenue, filter: customer__x = 1}, denominator: orders}
            filter: order_id__status = 'a' and customer__country = 'DE' and metric_time__extract_dow = 1
        """)).containsExactly(
        "models/m.yml:24:53: 'customer__cuntry' is neither a dimension nor an entity. Did you mean 'customer__country'?",
        "models/m.yml:26:10: grain 'mont' is not known. Did you mean 'month'?",
        "models/m.yml:26:65: 'supplier__city' cannot be reached from semantic model 'orders' of metric 'a': no joins lead there",
        "models/m.yml:27:9: 'order_id__ordered_at__hour' is finer than its data, which has grain day",
        "models/m.yml:27:44: 'order_id__status__month' asks for a grain or date part of what is no time dimension",
        "models/m.yml:28:10: metric 'orderz' is not defined. Did you mean 'orders'?",
        "models/m.yml:29:10: 'supplier' cannot be reached from semantic model 'orders' of metric 'orders': no joins lead there",
        "models/m.yml:29:55: 'revenue' is a metric; a dimension or entity is expected here",
        "models/m.yml:32:54: 'customer__x' is neither a dimension nor an entity. Did you mean 'customer'?");
  }

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
            + "percentile");
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

  @Test
  void sourcesFit() {
    assertThat(issues("""
        semantic_models:
          - {name: a, table: a, sql: select 1}
          - {name: b, table: a.b.c.d}
          - {name: c, model: orders}
          - {name: d, table: '"My Db"."s"."t"'}
          - {name: e, table: ''}
        """)).containsExactly(
        "models/m.yml:2:12: semantic model 'a' needs exactly one of node_relation, table, sql and model; it has 2",
        "models/m.yml:3:22: a table is written name, schema.name or database.schema.name; found 'a.b.c.d'",
        "models/m.yml:4:22: a dbt model is written ref('name'); found 'orders'",
        "models/m.yml:6:22: a table is written name, schema.name or database.schema.name; found ''");
  }
}
