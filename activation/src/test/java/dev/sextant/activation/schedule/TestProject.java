// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunListener;
import dev.sextant.activation.SourceVersions;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.engine.DefaultFeatureEngine;
import dev.sextant.query.engine.DefaultQueryEngine;
import dev.sextant.query.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.RootAllocator;

/** A project of customers and what they spent, written to a folder by a test, with what the test adds to it. */
public final class TestProject {
  private static final String MODEL = """
      semantic_models:
        - name: customers
          table: customers
          defaults: {agg_time_dimension: joined_on}
          entities: [{name: customer, type: primary, expr: id}]
          dimensions:
            - {name: email, type: categorical}
            - {name: joined_on, type: time, type_params: {time_granularity: day}}
          measures: [{name: spent, agg: sum}]
      metrics:
        - {name: spent, type: simple, type_params: {measure: spent}}
      """;

  private final Path folder;
  private final List<String> sections = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private String warehouse = "";
  private String definitions = "";

  private TestProject(Path folder) {
    this.folder = folder;
  }

  public static TestProject in(Path folder) {
    return new TestProject(folder)
        .rows("select i as id, i || '@x' as email, cast(i as decimal(12, 2)) as spent, date '2026-01-01' as joined_on"
            + " from range(5) r(i)");
  }

  /** What the table of customers is: {@code id, email, spent, joined_on}. */
  public TestProject rows(String sql) {
    warehouse = "{type: duckdb, init: [\"create or replace view customers as " + sql + "\"]}";
    return this;
  }

  /** The same in a file that lasts. */
  public TestProject rowsInFile(String sql) {
    warehouse = "{type: duckdb, path: w.duckdb, init: [\"create or replace view customers as " + sql + "\"]}";
    return this;
  }

  /** Another warehouse; it must have the table of customers. */
  public TestProject warehouse(String yaml) {
    warehouse = yaml;
    return this;
  }

  public TestProject settings(Map<String, String> more) {
    settings.putAll(more);
    return this;
  }

  /** Adds to {@code sextant.yml}. */
  public TestProject section(String yaml) {
    sections.add(yaml);
    return this;
  }

  /** Sets what is defined beside customers. */
  public TestProject define(String yaml) {
    definitions = yaml;
    return this;
  }

  /** A sync of all customers to {@code there}, with more keys such as a schedule. */
  public static String sync(String name, String more) {
    return """
        syncs:
          - name: %s
            query: {metrics: [spent], group_by: [customer, customer__email]}
            key: customer
            destination: there
            object: contacts
            match: email
            map: {email: customer__email, lifetime_value: spent}
        """.formatted(name) + more.indent(4);
  }

  /** Writes the files. */
  public Path write() {
    try {
      Files.createDirectories(folder.resolve("models"));
      StringBuilder project = new StringBuilder("name: tested\nwarehouses:\n  main: " + warehouse + "\n");
      sections.forEach(section -> project.append(section).append('\n'));
      if (!settings.isEmpty()) {
        project.append("runs:\n");
        settings.forEach((key, value) -> project.append("  ")
            .append(key.replaceFirst("^runs\\.", ""))
            .append(": \"")
            .append(value)
            .append("\"\n"));
      }
      Files.writeString(folder.resolve("sextant.yml"), project.toString());
      Files.writeString(folder.resolve("models").resolve("model.yml"), MODEL);
      Files.writeString(folder.resolve("models").resolve("more.yml"), definitions);
      return folder;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Waits until something is so, but not for ever. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    Instant limit = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(limit)) {
        throw new AssertionError("a minute was not enough");
      }
      Thread.sleep(20);
    }
  }

  /** An opened project; nothing runs by itself. */
  public record Open(SemanticModel model, Activations activations, Warehouses warehouses, RootAllocator memory) implements AutoCloseable {
    /** How many of the latest runs of something are over. */
    long ended(Run.Target target) {
      return activations.runs().list(Optional.of(target), 10).stream().filter(run -> run.state().isOver()).count();
    }

    @Override
    public void close() {
      activations.close();
      warehouses.close();
      memory.close();
    }
  }

  /** A test may read {@code GENERATION} in its project, which its processes get. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>(System.getenv());
    environment.putIfAbsent("GENERATION", "none");
    return environment;
  }

  public static Open open(Path folder) {
    return open(folder, SourceVersions.UNKNOWN, List.of(), InstantSource.system());
  }

  public static Open open(Path folder, SourceVersions versions, List<RunListener> listeners, InstantSource clock) {
    SemanticModel model = switch (ModelLoader.load(folder, environment())) {
      case ModelResult.Valid valid -> valid.model();
      case ModelResult.Invalid invalid -> throw new SextantException(invalid.issues());
    };
    RootAllocator memory = new RootAllocator();
    Warehouses warehouses = new Warehouses(model.project(), memory);
    DefaultQueryEngine engine = new DefaultQueryEngine(() -> model, warehouses);
    return new Open(model,
        Activations.open(new Surroundings(() -> model, engine, warehouses, versions, clock, Optional.of(engine.rollupPlanner()),
            Optional.of(new DefaultFeatureEngine(() -> model, warehouses))), listeners),
        warehouses,
        memory);
  }
}
