// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.foodmart;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The database of the published jar in a temporary folder, without the rows of its ready-made aggregates, which are two thirds of it. */
final class FoodmartScript implements AutoCloseable {
  private final Path folder;

  private FoodmartScript(Path folder) {
    this.folder = folder;
  }

  static FoodmartScript unpack() throws IOException {
    FoodmartScript script = new FoodmartScript(Files.createTempDirectory("foodmart"));
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource("foodmart.script"), StandardCharsets.UTF_8));
        BufferedWriter kept = Files.newBufferedWriter(script.folder.resolve("foodmart.script"));
        InputStream properties = resource("foodmart.properties")) {
      Files.copy(properties, script.folder.resolve("foodmart.properties"));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("INSERT INTO \"agg_")) {
          kept.write(line + "\n");
        }
      }
      return script;
    } catch (IOException failure) {
      script.close();
      throw failure;
    }
  }

  private static InputStream resource(String name) {
    InputStream resource = FoodmartScript.class.getClassLoader().getResourceAsStream(name);
    if (resource == null) {
      throw new IllegalStateException(name + " is missing from the class path: add net.hydromatic:foodmart-data-hsqldb");
    }
    return resource;
  }

  Connection open() throws SQLException {
    return DriverManager.getConnection("jdbc:hsqldb:file:" + folder.resolve("foodmart") + ";readonly=true;shutdown=true", "FOODMART",
        "FOODMART");
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
