// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project with a stored table of many rows and five columns: a whole number, a date, a text, a small number, a real one. */
final class ManyRows {
  private static final String SETTINGS = """
      name: many
      warehouses:
        main:
          type: duckdb
          path: ":memory:"
          init:
            - >-
              create table big_rows as select i as big_id, date '2026-01-01' + (i %% 365)::int as made_on,
              'customer ' || (i %% 1000) as customer_name, (i %% 100)::int as size, i / 7.0::double as weight from range(%d) t(i)
      """;
  private static final String MODEL = """
      semantic_models:
        - name: big
          table: big_rows
          defaults: {agg_time_dimension: made_on}
          entities:
            - {name: big, type: primary, expr: big_id}
          dimensions:
            - {name: made_on, type: time, type_params: {time_granularity: day}}
            - {name: customer_name, type: categorical}
            - {name: size, type: categorical}
            - {name: weight, type: categorical}
          measures:
            - {name: bigs, agg: count, expr: big_id}
      metrics:
        - {name: bigs, type: simple, type_params: {measure: bigs}}
      """;

  private ManyRows() {}

  static Path write(Path folder, long rows) throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("sextant.yml"), SETTINGS.formatted(rows));
    Files.writeString(folder.resolve("models/big.yml"), MODEL);
    return folder;
  }
}
