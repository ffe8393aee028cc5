// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import org.junit.jupiter.api.Test;

import static dev.sextant.model.load.CheckedShop.METRICS;
import static dev.sextant.model.load.CheckedShop.SHOP;
import static dev.sextant.model.load.CheckedShop.issues;
import static org.assertj.core.api.Assertions.assertThat;

/** Every rule about metrics and their filters, seen from outside. */
class MetricChecksTest {

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
}
