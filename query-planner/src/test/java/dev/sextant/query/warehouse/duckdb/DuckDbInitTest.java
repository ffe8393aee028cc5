// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.model.SextantException;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.Configs;
import dev.sextant.query.warehouse.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class DuckDbInitTest {
  @TempDir Path root;
  private final BufferAllocator memory = new RootAllocator();

  @AfterEach
  void nothingIsLeftOpen() {
    memory.close();
  }

  @Test
  void filesAreSoughtFromTheProjectFolder() throws IOException {
    Path project = Files.createDirectories(root.resolve("suite/projects/one"));
    Files.createDirectories(root.resolve("suite/tables"));
    Files.writeString(root.resolve("suite/tables/x.csv"), "a\n1\n2\n");
    Files.writeString(root.resolve("suite/load.sql"),
        "create table x (a integer);\ncopy x from '../../tables/x.csv' (format csv, header true, nullstr '\\N');");
    assertThat(rows(project, "from x", Configs.duckdb("../../load.sql"))).containsExactly("1", "2");
  }

  @Test
  void viewsOverFilesAndQueriesOverFilesWork() throws IOException {
    Files.createDirectories(root.resolve("it's data"));
    Files.writeString(root.resolve("it's data/x.csv"), "a\n7\n");
    assertThat(rows(root, "from v", Configs.duckdb("create or replace view v as from 'it''s data/x.csv'"))).containsExactly("7");
    assertThat(rows(root, "select * from (select * from read_csv(['it''s data/x.csv'], delim = ','))", Configs.duckdb()))
        .containsExactly("7");
  }

  @Test
  void aMissingInitFileIsNamedWhereItIsDefined() {
    SextantException failure = catchThrowableOfType(SextantException.class,
        () -> DuckDbWarehouse.open(Configs.duckdb("nothing.sql"), root, memory));
    assertThat(failure.issue().code()).isEqualTo(QueryIssue.WAREHOUSE_CONFIG);
    assertThat(failure.issue())
        .hasToString("sextant.yml:3:3: init file 'nothing.sql' of warehouse 'main' is not there; it is sought from the project folder");
  }

  @Test
  void aFailingInitSaysWhichOne() {
    SextantException failure = catchThrowableOfType(SextantException.class,
        () -> DuckDbWarehouse.open(Configs.duckdb("create table t as from nowhere"), root, memory));
    assertThat(failure.issue().toString())
        .startsWith("sextant.yml:3:3: init of warehouse 'main': Catalog Error: Table with name nowhere does not exist!");
  }

  @Test
  void databasesCanBeAttached() {
    assertThat(rows(root, "from other.t", Configs.duckdb("attach 'other.db' as other; create or replace table other.t as select 3")))
        .containsExactly("3");
    assertThat(root.resolve("other.db")).exists();
  }

  private List<String> rows(Path folder, String sql, WarehouseConfig config) {
    try (DuckDbWarehouse warehouse = DuckDbWarehouse.open(config, folder, memory);
        ArrowBatches batches = warehouse.run(sql, QueryControl.unlimited("q"))) {
      return Rows.of(batches);
    }
  }
}
