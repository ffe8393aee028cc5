// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.warehouse.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A warehouse that is open for one test, with three statements at once and one that waits; closing it fails where memory was left open. */
record OpenPostgres(PostgresWarehouse warehouse, BufferAllocator memory) implements AutoCloseable {

  static OpenPostgres open() {
    BufferAllocator memory = new RootAllocator();
    return new OpenPostgres(
        PostgresWarehouse.open(PostgresServer.config(Map.of("max_connections", "3", "max_queued", "1")), Path.of("."), memory), memory);
  }

  ArrowBatches run(String sql) {
    return warehouse.run(sql, QueryControl.unlimited("q"));
  }

  List<String> rows(String sql) {
    try (ArrowBatches batches = run(sql)) {
      return Rows.of(batches);
    }
  }

  SextantException failure(String sql) {
    return catchThrowableOfType(SextantException.class, () -> rows(sql));
  }

  @Override
  public void close() {
    warehouse.close();
    memory.close();
  }
}
