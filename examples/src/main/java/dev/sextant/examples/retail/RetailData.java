// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.retail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Makes the web shop's data: the same seed and scale give the same rows. Scale 1 has 5,000 customers, 30,000 orders and 75,000 lines; scale
 * 134 has 10 million lines.
 */
public final class RetailData {
  public static final long DEFAULT_SEED = 42;

  private RetailData() {}

  /** Writes the data to a folder: {@code [FOLDER [SCALE [SEED]]]}, by default {@code examples/retail/data} at scale 1. */
  public static void main(String[] args) throws IOException, SQLException {
    Path folder = Path.of(args.length > 0 ? args[0] : "examples/retail/data");
    int scale = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : DEFAULT_SEED;
    List<String> tables = write(folder, seed, scale);
    System.out.println("Wrote " + tables.size() + " tables to " + folder + ": " + String.join(", ", tables));
  }

  /** Writes a Parquet file per table, each whole before it takes its name, and returns the tables' names. */
  public static List<String> write(Path folder, long seed, int scale) throws IOException, SQLException {
    Files.createDirectories(folder);
    try (RetailTables tables = RetailTables.make(seed, scale)) {
      for (String table : tables.names()) {
        Path unfinished = folder.resolve(table + ".parquet.unfinished");
        tables.export(table, unfinished, "format parquet");
        Files.move(unfinished, folder.resolve(table + ".parquet"), StandardCopyOption.REPLACE_EXISTING);
      }
      return tables.names();
    }
  }

  /** Creates and fills the tables of {@link #write} at scale 1 in a PostgreSQL database, in the connection's current schema. */
  public static void writePostgres(Connection postgres) throws IOException, SQLException {
    writePostgres(postgres, DEFAULT_SEED, 1);
  }

  /** Creates and fills the tables of {@link #write} in a PostgreSQL database, in the connection's current schema. */
  public static void writePostgres(Connection postgres, long seed, int scale) throws IOException, SQLException {
    try (RetailTables tables = RetailTables.make(seed, scale)) {
      for (String table : tables.names()) {
        PostgresCopy.copy(tables, table, postgres);
      }
    }
  }
}
