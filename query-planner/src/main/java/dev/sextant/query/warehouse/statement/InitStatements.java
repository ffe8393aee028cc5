// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.QueryIssue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Reads the {@code init} entries of a warehouse: SQL, or the path of a file of SQL, relative to the project folder. */
public final class InitStatements {

  private InitStatements() {}

  /** A script and how an error names it. */
  public record Script(String label, String sql) {}

  public static List<Script> of(WarehouseConfig config, Path folder) {
    return config.init()
        .stream()
        .map(String::strip)
        .map(entry -> isFile(entry) ? read(entry, config, folder) : new Script("init", entry))
        .toList();
  }

  private static boolean isFile(String entry) {
    return entry.toLowerCase(Locale.ROOT).endsWith(".sql") && entry.indexOf('\n') < 0 && entry.indexOf(';') < 0;
  }

  private static Script read(String entry, WarehouseConfig config, Path folder) {
    Path file = folder.resolve(entry).normalize();
    try {
      return new Script(entry, Files.readString(file));
    } catch (IOException unreadable) {
      String why = Files.exists(file) ? "cannot be read" : "is not there";
      throw new SextantException(Issue.of(QueryIssue.WAREHOUSE_CONFIG, config.position(),
          "init file '" + entry + "' of warehouse '" + config.name() + "' " + why + "; it is sought from the project folder"), unreadable);
    }
  }
}
