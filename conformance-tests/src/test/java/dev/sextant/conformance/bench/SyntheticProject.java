// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes projects of any size: half of the datasets are facts with ten measures, a trailing window and a growth, the others dimensions they refer
 * to.
 */
final class SyntheticProject {
  private static final int MEASURES = 10;

  private SyntheticProject() {}

  /** A project of {@code datasets} datasets in {@code folder}. */
  static Path write(Path folder, int datasets) throws IOException {
    int dimensions = datasets / 2;
    StringBuilder tables = new StringBuilder();
    StringBuilder models = new StringBuilder("semantic_models:\n");
    for (int i = 0; i < dimensions; i++) {
      tables.append("create table dim_").append(i).append(" (id bigint, name varchar, kind varchar, parent bigint);\n");
      models.append(dimension(i, dimensions));
    }
    for (int i = 0; i < datasets - dimensions; i++) {
      tables.append("create table fact_")
          .append(i)
          .append(" (id bigint, a bigint, b bigint, c bigint, happened_at timestamp, amount decimal(12, 2));\n");
      models.append(fact(i, dimensions));
    }
    models.append("metrics:\n");
    for (int i = 0; i < datasets - dimensions; i++) {
      models.append(overTime(i));
    }
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("sextant.yml"),
        "name: synthetic\nwarehouses:\n  main: {type: duckdb, path: \":memory:\", init: [tables.sql]}\n");
    Files.writeString(folder.resolve("tables.sql"), tables);
    Files.writeString(folder.resolve("models/models.yml"), models);
    return folder;
  }

  private static String dimension(int i, int dimensions) {
    return """
          - name: dim_%1$d
            table: dim_%1$d
            entities:
              - {name: e%1$d, type: primary, expr: id}
              - {name: e%2$d, type: foreign, expr: parent}
            dimensions:
              - {name: name_%1$d, type: categorical, expr: name}
              - {name: kind_%1$d, type: categorical, expr: kind}
        """.formatted(i, (i + 1) % dimensions);
  }

  private static String overTime(int i) {
    return """
          - name: last30_%1$d
            type: cumulative
            type_params: {measure: m%1$d_0, cumulative_type_params: {window: 30 days, period_agg: last}}
          - name: growth_%1$d
            type: derived
            type_params:
              expr: m - before
              metrics:
                - {name: m%1$d_0, alias: m}
                - {name: m%1$d_0, offset_window: 1 month, alias: before}
        """.formatted(i);
  }

  private static String fact(int i, int dimensions) {
    StringBuilder text = new StringBuilder("""
          - name: fact_%1$d
            table: fact_%1$d
            defaults: {agg_time_dimension: happened_at}
            entities:
              - {name: f%1$d, type: primary, expr: id}
              - {name: e%2$d, type: foreign, expr: a}
              - {name: e%3$d, type: foreign, expr: b}
              - {name: e%4$d, type: foreign, expr: c}
            dimensions:
              - {name: happened_at, type: time, type_params: {time_granularity: second}}
            measures:
        """.formatted(i, i % dimensions, (i + 1) % dimensions, (i + 2) % dimensions));
    for (int measure = 0; measure < MEASURES; measure++) {
      text.append("      - {name: m")
          .append(i)
          .append('_')
          .append(measure)
          .append(", agg: sum, expr: amount * ")
          .append(measure + 1)
          .append(", create_metric: true}\n");
    }
    return text.toString();
  }
}
