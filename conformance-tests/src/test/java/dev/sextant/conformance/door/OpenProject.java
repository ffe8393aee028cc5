// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.conformance.DoorUnderTest;
import dev.sextant.conformance.Table;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.query.Warehouse;
import java.util.List;

/** A served project: its model, its default warehouse, the engine and all doors before it. */
public record OpenProject(SemanticModel model, Warehouse warehouse, QueryEngine engine, List<DoorUnderTest> doors,
    List<AutoCloseable> parts)
    implements AutoCloseable {

  public OpenProject {
    doors = List.copyOf(doors);
    parts = List.copyOf(parts);
  }

  /** Runs SQL on the warehouse itself, past everything under test. */
  public Table run(String sql) {
    try (ArrowBatches batches = warehouse.run(sql, QueryControl.unlimited("oracle"))) {
      return ArrowTables.read(batches);
    }
  }

  @Override
  public void close() {
    doors.forEach(DoorUnderTest::close);
    parts.forEach(OpenProject::close);
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(part + " does not close", e);
    }
  }
}
