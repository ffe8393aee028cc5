// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.Warehouse;
import dev.sextant.query.warehouse.duckdb.MeetingPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Runs what several warehouses finish, all at the same time, and what is left to do with their rows where they meet: in memory. */
record CrossWarehouse(Function<String, Warehouse> warehouses, QueryControl control) {
  static final String DIALECT = "duckdb";
  private static final String MAX_ROWS = "cross_warehouse.max_rows";
  private static final long DEFAULT_MAX_ROWS = 1_000_000;

  /** How many rows each warehouse may give, by the project's settings. */
  static long maxRows(Map<String, String> settings) {
    String written = settings.getOrDefault(MAX_ROWS, Long.toString(DEFAULT_MAX_ROWS));
    try {
      return Long.parseLong(written.replace("_", ""));
    } catch (NumberFormatException e) {
      throw Problem.of(QueryIssue.WAREHOUSE_CONFIG, MAX_ROWS + " is '" + written + "' but must be a whole number.");
    }
  }

  ArrowBatches run(Compiled.Execution.Met query) {
    MeetingPlace place = MeetingPlace.open();
    try {
      fetchAll(query, place);
      return place.runLast(query.sql(), control);
    } catch (RuntimeException | Error failure) {
      place.close();
      throw failure;
    }
  }

  /** The first failure ends all statements; what it was is told, not that the others ended. */
  private void fetchAll(Compiled.Execution.Met query, MeetingPlace place) {
    QueryControl together = new QueryControl(control.queryId(), control.deadline(), control.asker());
    control.onStop(() -> control.stopped().ifPresent(together::stop));
    List<RuntimeException> failures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> fetches = new ArrayList<>();
      for (Compiled.Part part : query.parts()) {
        fetches.add(threads.submit(() -> {
          try {
            fetch(part, place, together, query.maxRows());
          } catch (RuntimeException failure) {
            synchronized (failures) {
              failures.add(failure);
            }
            together.stop(QueryIssue.CANCELLED);
          }
        }));
      }
      fetches.forEach(CrossWarehouse::await);
    }
    control.check();
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private static void await(Future<?> fetch) {
    try {
      fetch.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Problem.of(QueryIssue.CANCELLED, "the query was interrupted");
    }
  }

  private void fetch(Compiled.Part part, MeetingPlace place, QueryControl together, long maxRows) {
    try (ArrowBatches batches = warehouses.apply(part.warehouse()).run(part.sql(), together)) {
      boolean more = batches.loadNext();
      VectorSchemaRoot batch = batches.root();
      long rows = 0;
      place.create(part.table(), part.columns(), batch);
      while (more) {
        rows += batch.getRowCount();
        if (rows > maxRows) {
          throw Problem.of(QueryIssue.TOO_MANY_ROWS, "warehouse '" + part.warehouse() + "' has more than " + maxRows
              + " rows for this query, too many to meet those of another warehouse in memory. Group by fewer items, filter, or raise "
              + MAX_ROWS
              + " in sextant.yml.");
        }
        more = batches.loadNext();
        batch = batches.root();
        if (more) {
          place.add(part.table(), batch);
        }
      }
    }
  }
}
