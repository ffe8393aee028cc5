// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import dev.sextant.cache.engine.ResultCache;
import dev.sextant.model.Dataset;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.Warehouse;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;

/** Asks the warehouses for the versions of datasets: all values of the first rows a version query gives. */
record WarehouseVersions(Supplier<SemanticModel> model, Function<String, Warehouse> warehouses) implements ResultCache.Versions {
  private static final long PATIENCE_SECONDS = 30;
  private static final int MOST_ROWS = 1_000;

  @Override
  public String version(String dataset, String sql) {
    String warehouse = model.get().dataset(dataset).map(Dataset::warehouse).orElseGet(() -> model.get().project().defaultWarehouse());
    QueryControl control = new QueryControl("version of " + dataset, Optional.of(Instant.now().plusSeconds(PATIENCE_SECONDS)));
    StringBuilder version = new StringBuilder();
    try (ArrowBatches batches = warehouses.apply(warehouse).run(sql, control)) {
      int rows = 0;
      while (rows < MOST_ROWS && batches.loadNext()) {
        for (int row = 0; row < batches.root().getRowCount() && rows < MOST_ROWS; row++, rows++) {
          for (FieldVector vector : batches.root().getFieldVectors()) {
            version.append(vector.getObject(row)).append('|');
          }
        }
      }
    }
    return version.toString();
  }
}
