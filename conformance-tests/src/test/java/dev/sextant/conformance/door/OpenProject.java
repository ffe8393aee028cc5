// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.conformance.DoorUnderTest;
import dev.sextant.conformance.Table;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryEngine;
import dev.sextant.server.boot.SextantServer;
import java.util.List;

/** A project with its doors open: the engine over a backend of its own, the others over a server. */
public record OpenProject(dev.sextant.server.boot.OpenProject backend, List<DoorUnderTest> doors, SextantServer server)
    implements AutoCloseable {

  public OpenProject {
    doors = List.copyOf(doors);
  }

  public SemanticModel model() {
    return backend.model().model();
  }

  public QueryEngine engine() {
    return backend.engine();
  }

  /** Runs SQL on the default warehouse itself, past everything under test. */
  public Table run(String sql) {
    try (ArrowBatches batches = backend.warehouses()
        .apply(model().project().defaultWarehouse())
        .run(sql, QueryControl.unlimited("oracle"))) {
      return ArrowTables.read(batches);
    }
  }

  @Override
  public void close() {
    doors.forEach(DoorUnderTest::close);
    server.close();
    backend.close();
  }
}
