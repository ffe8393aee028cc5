// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.engine.ServedProject;
import dev.sextant.query.warehouse.postgres.PostgresServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sextant.query.engine.ServedProject.query;
import static org.assertj.core.api.Assertions.assertThat;

/** One table in DuckDB and in PostgreSQL, where text sorts as in a dictionary: every answer must be the same, to the type. */
class DialectsAgreeTest {
  private static final String ROWS = """
      (1, 'apple', true, 3, 1.25, 2.5, '2024-01-31', '2024-01-31 23:30:00', 'low', 'a'),
      (2, 'Banana', false, 5, 2.50, -2.5, '2024-02-29', '2024-02-29 00:00:00', 'high', 'b'),
      (3, 'cherry', true, 4000000000, 3.75, 1.005, '2024-03-01', '2024-03-31 01:30:00', 'low', 'a'),
      (4, 'Äpfel', false, 7, 0.01, 0.5, '2024-12-30', '2024-12-30 12:00:00.123456', 'middle', null),
      (5, '50%', null, 9, 10.00, 1.5, '2025-01-01', '2025-01-01 00:00:00', 'high', 'b'),
      (6, '50\\%', null, null, null, null, null, null, null, null),
      (7, null, true, 4000000000, 1.25, 0.25, '2024-01-01', '2024-10-27 01:30:00', 'low', 'a')""";
  private static final String COLUMNS = "id int, word text, flag boolean, whole bigint, price decimal(10, 2), ratio double precision, day date, "
      + "moment timestamp, level %s, letter char(1)";
  private static final String MODELS = """
      semantic_models:
        - name: samples
          table: samples
          defaults: {agg_time_dimension: moment}
          entities:
            - {name: sample, type: primary, expr: id}
            - {name: a_long_way_to_go_for_an_entity_of_the_same_letter, type: foreign, expr: letter}
          dimensions:
            - {name: word, type: categorical}
            - {name: flag, type: categorical}
            - {name: level, type: categorical}
            - {name: starts_like_apple, type: categorical, expr: "word ilike 'APPLE%'"}
            - {name: has_percent, type: categorical, expr: "word like '50\\\\%'"}
            - {name: flag_number, type: categorical, expr: "cast(flag as bigint)"}
            - {name: is_odd, type: categorical, expr: "cast(whole % 2 as boolean)"}
            - {name: rest, type: categorical, expr: "ratio % 2"}
            - {name: rounded, type: categorical, expr: "round(ratio)"}
            - {name: rounded_to_cents, type: categorical, expr: "round(ratio, 2)"}
            - {name: word_length, type: categorical, expr: "length(word)"}
            - {name: greatest_word, type: categorical, expr: "greatest(word, 'b')"}
            - {name: label, type: categorical, expr: "id || '/' || word"}
            - {name: numbers, type: categorical, expr: "id || id"}
            - {name: logarithm, type: categorical, expr: "ln(price)"}
            - {name: on_day, type: time, expr: day, type_params: {time_granularity: day}}
            - {name: moment, type: time, type_params: {time_granularity: microsecond}}
          measures:
            - {name: samples, agg: count, expr: id, create_metric: true}
            - {name: samples_by_day, agg: count, expr: id, agg_time_dimension: on_day, create_metric: true}
            - {name: words, agg: count_distinct, expr: word, create_metric: true}
            - {name: first_word, agg: min, expr: word, create_metric: true}
            - {name: last_word, agg: max, expr: word, create_metric: true}
            - {name: all_flags, agg: min, expr: flag, create_metric: true}
            - {name: any_flag, agg: max, expr: flag, create_metric: true}
            - {name: flags, agg: sum_boolean, expr: flag, create_metric: true}
            - {name: first_day, agg: min, expr: day, create_metric: true}
            - {name: total_whole, agg: sum, expr: whole, create_metric: true}
            - {name: mean_whole, agg: average, expr: whole, create_metric: true}
            - {name: total_price, agg: sum, expr: price, create_metric: true}
            - {name: top_price, agg: max, expr: price, create_metric: true}
            - {name: mean_price, agg: average, expr: price, create_metric: true}
            - {name: total_ratio, agg: sum, expr: ratio * 0.5, create_metric: true}
            - {name: price_stddev, agg: stddev, expr: price, create_metric: true}
            - {name: whole_variance, agg: variance_pop, expr: whole, create_metric: true}
            - {name: median_whole, agg: median, expr: whole, create_metric: true}
            - {name: median_price, agg: median, expr: price, create_metric: true}
            - {name: price_p30, agg: percentile, expr: price, agg_params: {percentile: 0.3}, create_metric: true}
            - {name: price_p30_discrete, agg: percentile, expr: price, agg_params: {percentile: 0.3, use_discrete_percentile: true}, create_metric: true}
        - name: letters
          sql: select distinct letter as the_letter, upper(letter) as this_is_the_name_of_a_letter_that_is_in_capitals from samples where letter <> 'b'
          entities:
            - {name: a_long_way_to_go_for_an_entity_of_the_same_letter, type: primary, expr: the_letter}
          dimensions:
            - {name: this_is_the_name_of_a_letter_that_is_in_capitals, type: categorical}
        - name: other_samples
          sql: select * from samples where id > 2
          defaults: {agg_time_dimension: on_day}
          entities:
            - {name: other_sample, type: primary, expr: id}
            - {name: a_long_way_to_go_for_an_entity_of_the_same_letter, type: foreign, expr: letter}
          dimensions:
            - {name: on_day, type: time, expr: day, type_params: {time_granularity: day}}
          measures:
            - {name: other_price, agg: sum, expr: price, create_metric: true}
            - {name: other_flag, agg: max, expr: flag, create_metric: true}
            - {name: other_word, agg: max, expr: word, create_metric: true}
      metrics:
        - name: mean_per_three
          type: derived
          type_params: {expr: "round(mean_price / 3, 2)", metrics: [mean_price]}
        - name: by_nothing
          type: ratio
          type_params: {numerator: total_price, denominator: flags}
        - name: price_to_date
          type: cumulative
          type_params: {measure: total_price}
        - name: samples_every_day
          type: simple
          type_params: {measure: {name: samples_by_day, fill_nulls_with: 0, join_to_timespine: true}}
      """;

  private static final int SURE_DIGITS = 13;
  private static final Pattern LONG_BINARY = Pattern.compile("-?\\d+\\.\\d{13,}(E\\d+)?");

  @TempDir private static Path folder;
  private static ServedProject duckdb;
  private static ServedProject postgres;

  @BeforeAll
  static void open() throws IOException {
    String insert = "insert into samples select * from (values " + ROWS + ") t";
    duckdb = ServedProject.open(folder.resolve("duckdb"), """
        warehouses:
          main:
            type: duckdb
            init:
              - create type level as enum ('low', 'middle', 'high')
              - create table samples (%s)
              - "%s"
        """.formatted(COLUMNS.formatted("level"), insert.replace("\\", "\\\\").replace("\n", " ")), MODELS);
    PostgresServer.execute("drop database if exists dictionary",
        "create database dictionary template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US' locale 'C'");
    String url = PostgresServer.url().replace("/postgres?", "/dictionary?");
    postgres = ServedProject.open(folder.resolve("postgres"), "warehouses:\n  main: {type: postgres, url: \"" + url + "\"}\n", MODELS);
    postgres.warehouses().apply("main").run("create type level as enum ('low', 'middle', 'high')", QueryControl.unlimited("fill")).close();
    postgres.warehouses()
        .apply("main")
        .run("create table samples (" + COLUMNS.formatted("level") + ")", QueryControl.unlimited("fill"))
        .close();
    postgres.warehouses()
        .apply("main")
        .run(
            "insert into samples select a, b, c, d, e, f, g::date, h::timestamp, i::level, j from (values " + ROWS
                + ") t(a, b, c, d, e, f, g, h, i, j)",
            QueryControl.unlimited("fill"))
        .close();
  }

  @AfterAll
  static void close() {
    duckdb.close();
    postgres.close();
  }

  private static void agree(MetricQuery query) {
    List<String> expected = duckdb.ask(query);

    assertThat(expected).hasSizeGreaterThan(1);
    assertThat(rounded(postgres.ask(query))).isEqualTo(rounded(expected));
  }

  /** Warehouses add binary numbers in orders of their own. */
  private static List<String> rounded(List<String> rows) {
    return rows.stream().map(row -> LONG_BINARY.matcher(row).replaceAll(found -> {
      BigDecimal number = new BigDecimal(found.group()).round(new MathContext(SURE_DIGITS));
      return Double.toString(number.doubleValue());
    })).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"word", "flag", "starts_like_apple", "has_percent", "flag_number", "is_odd", "rest", "rounded", "rounded_to_cents",
          "word_length", "greatest_word", "label", "numbers", "logarithm", "on_day", "on_day__month", "on_day__week", "on_day__extract_dow",
          "moment__quarter",
          "moment__microsecond", "moment__millisecond", "moment__extract_week", "moment__extract_doy", "moment__extract_hour"})
  void dimensionsHaveTheSameValuesInTheSameOrder(String dimension) {
    String item = "sample__" + dimension;

    agree(query(List.of("samples"), List.of(item), item));
    agree(query(List.of("samples"), List.of(item), "-" + item));
  }

  @ParameterizedTest
  @ValueSource(strings = {"words", "first_word", "last_word", "all_flags", "any_flag", "flags", "first_day", "total_whole", "mean_whole",
      "total_price",
      "top_price", "mean_price", "total_ratio", "price_stddev", "whole_variance", "median_whole", "median_price", "price_p30",
      "price_p30_discrete",
      "mean_per_three", "by_nothing"})
  void aggregatesHaveTheSameValues(String metric) {
    agree(query(List.of(metric), List.of()));
    agree(query(List.of(metric), List.of("sample__flag"), "sample__flag"));
  }

  @Test
  void enumerationsAreTexts() {
    agree(query(List.of("samples"), List.of("sample__level"), "samples").withWhere(List.of("sample__level like '%i%'")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample__word > 'b'", "sample__word <= 'Banana'", "sample__word like '50\\%'", "sample__word ilike '%AP%'",
      "sample__moment__month = '2024-03-01'", "sample__level = 'low'", "sample__on_day__week >= '2024-12-30'", "sample__flag_number = 1"})
  void filtersKeepTheSameRows(String filter) {
    agree(query(List.of("samples", "total_price"), List.of("sample__word"), "sample__word").withWhere(List.of(filter)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "+05:30", "UTC+01:00", "America/New_York"})
  void zonesMoveTimesAlike(String zone) {
    MetricQuery plain = query(List.of("samples"), List.of("metric_time__hour"), "metric_time__hour");

    agree(new MetricQuery(plain.metrics(), plain.groupBy(), plain.where(), plain.having(), plain.orderBy(), plain.limit(), plain.offset(),
        plain.timeRange(), Optional.of(zone), plain.savedQuery(), plain.mode(), plain.extras(), plain.options()));
  }

  @Test
  void generatedCalendarsAreAlike() {
    agree(query(List.of("samples_every_day"), List.of("metric_time__day"), "metric_time__day"));
    agree(query(List.of("price_to_date"), List.of("metric_time__month"), "metric_time__month"));
  }

  @Test
  void branchesMeetAlikeWithoutAFullJoin() {
    MetricQuery query = query(List.of("total_price", "other_price", "other_flag", "other_word", "any_flag"),
        List.of("a_long_way_to_go_for_an_entity_of_the_same_letter"), "a_long_way_to_go_for_an_entity_of_the_same_letter");

    agree(query);
    assertThat(duckdb.sql(query).getFirst()).contains("FULL JOIN").doesNotContain("UNION ALL");
    assertThat(postgres.sql(query).getFirst()).contains("UNION ALL").doesNotContain("FULL JOIN");
  }

  @Test
  void namesLongerThanPostgresKnowsStayWhole() {
    String item = "a_long_way_to_go_for_an_entity_of_the_same_letter__this_is_the_name_of_a_letter_that_is_in_capitals";
    MetricQuery query = query(List.of("total_price", "other_price"), List.of(item), item);

    agree(query);
    assertThat(postgres.ask(query).getFirst()).isEqualTo(item + " total_price other_price");
    assertThat(postgres.sql(query).getFirst()).doesNotContain(item);
  }

  @Test
  void limitsComeAfterTheSameOrder() {
    MetricQuery plain = query(List.of("total_price"), List.of("sample__word"), "-total_price", "sample__word");

    agree(new MetricQuery(plain.metrics(), plain.groupBy(), plain.where(), plain.having(), plain.orderBy(), OptionalLong.of(3),
        OptionalLong.of(1),
        plain.timeRange(), plain.timeZone(), plain.savedQuery(), plain.mode(), plain.extras(), plain.options()));
  }

  @Test
  void valuesWithoutMetricsAreAlike() {
    agree(query(List.of(), List.of("sample__word"), "sample__word"));
    MetricQuery plain = query(List.of(), List.of("sample__word"));
    agree(new MetricQuery(plain.metrics(), plain.groupBy(), plain.where(), plain.having(), plain.orderBy(), plain.limit(), plain.offset(),
        plain.timeRange(), plain.timeZone(), plain.savedQuery(), MetricQuery.Mode.MIN_MAX, plain.extras(), plain.options()));
  }
}
