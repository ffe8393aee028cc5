// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import org.junit.jupiter.api.Test;

import static dev.sextant.model.load.CheckedShop.METRICS;
import static dev.sextant.model.load.CheckedShop.SHOP;
import static dev.sextant.model.load.CheckedShop.issues;
import static org.assertj.core.api.Assertions.assertThat;

/** Every rule about tables and their parts, seen from outside. */
class ModelChecksTest {

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
