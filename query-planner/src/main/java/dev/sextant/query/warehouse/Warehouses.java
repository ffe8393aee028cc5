// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse;

import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.Project;
import dev.sextant.model.SextantException;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.Warehouse;
import dev.sextant.query.warehouse.duckdb.DuckDbWarehouse;
import dev.sextant.query.warehouse.postgres.PostgresWarehouse;
import dev.sextant.query.warehouse.statement.Closing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** The warehouses of a project by name, each opened when it is first needed. */
public final class Warehouses implements Function<String, Warehouse>, AutoCloseable {
  private static final String LOCAL_FOLDER = ".sextant";
  private static final String LOCAL_FILE = LOCAL_FOLDER + "/rollups.duckdb";
  private static final List<String> TYPES = List.of("duckdb", "postgres");

  private final Path folder;
  private final BufferAllocator memory;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final Slot local;
  private volatile boolean closed;

  /** A warehouse and whether it is open; one that could not be opened is tried again the next time. */
  private final class Slot {
    private final WarehouseConfig config;
    private Optional<Warehouse> open = Optional.empty();

    private Slot(WarehouseConfig config) {
      this.config = config;
    }

    private synchronized Warehouse warehouse() {
      if (closed) {
        throw new SextantException(
            Issue.of(QueryIssue.WAREHOUSE_UNREACHABLE, Position.NOWHERE, "warehouse '" + config.name() + "' is closed"));
      }
      if (open.isEmpty()) {
        if (config.name().equals(BuiltRollup.LOCAL)) {
          makeFolder(folder.resolve(LOCAL_FOLDER));
        }
        open = Optional.of(open(config));
      }
      return open.get();
    }

    private synchronized void close() {
      open.ifPresent(Warehouse::close);
      open = Optional.empty();
    }
  }

  /** {@code memory} is where the batches of all warehouses take their memory from. */
  public Warehouses(Project project, BufferAllocator memory) {
    this.folder = project.folder();
    this.memory = memory;
    project.warehouses().forEach(config -> slots.put(config.name(), new Slot(config)));
    this.local = new Slot(
        new WarehouseConfig(BuiltRollup.LOCAL, "duckdb", Collections.singletonMap("path", LOCAL_FILE), List.of(), Position.NOWHERE));
  }

  /** Returns the warehouse called {@code name}, opened. */
  @Override
  public Warehouse apply(String name) {
    return slot(name).warehouse();
  }

  /** Opens all warehouses at the same time; an exception tells everything that went wrong. */
  public void openAll() {
    List<Issue> issues = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Warehouse>> opened = slots.values().stream().map(slot -> threads.submit(slot::warehouse)).toList();
      for (Future<Warehouse> warehouse : opened) {
        try {
          warehouse.get();
        } catch (ExecutionException failure) {
          issues.addAll(issues(failure.getCause()));
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          threads.shutdownNow();
        }
      }
    }
    if (!issues.isEmpty()) {
      throw new SextantException(issues);
    }
  }

  private static List<Issue> issues(@Nullable Throwable failure) {
    return failure instanceof SextantException known
        ? known.issues()
        : List.of(Issue.of(QueryIssue.INTERNAL, Position.NOWHERE, "a warehouse could not be opened: " + failure));
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new SextantException(Issue.of(QueryIssue.WAREHOUSE_UNREACHABLE, Position.NOWHERE,
          "the folder " + folder + " of local rollups cannot be made: " + failure.getMessage()), failure);
    }
  }

  private Slot slot(String name) {
    Slot slot = name.equals(BuiltRollup.LOCAL) ? local : slots.get(name);
    if (slot == null) {
      List<String> near = NearestNames.to(name, slots.keySet());
      throw new SextantException(new Issue(QueryIssue.WAREHOUSE_CONFIG,
          "warehouse '" + name + "' is not among the warehouses of the project." + NearestNames.question(near), Position.NOWHERE, near));
    }
    return slot;
  }

  private Warehouse open(WarehouseConfig config) {
    return switch (config.type()) {
      case "duckdb" -> DuckDbWarehouse.open(config, folder, memory);
      case "postgres" -> PostgresWarehouse.open(config, folder, memory);
      default -> throw new SextantException(unknownType(config));
    };
  }

  /** What is wrong with the types of a project's warehouses, none of which is opened. */
  public static List<Issue> unknownTypes(Project project) {
    return project.warehouses().stream().filter(config -> !TYPES.contains(config.type())).map(Warehouses::unknownType).toList();
  }

  private static Issue unknownType(WarehouseConfig config) {
    List<String> near = NearestNames.to(config.type(), TYPES);
    return new Issue(QueryIssue.WAREHOUSE_CONFIG, "warehouse '" + config.name() + "' has the unknown type '" + config.type()
        + "'; known types are " + String.join(", ", TYPES) + "." + NearestNames.question(near), config.position(), near);
  }

  @Override
  public void close() {
    closed = true;
    try (Closing closing = new Closing()) {
      slots.values().forEach(slot -> closing.add(slot::close));
      closing.add(local::close);
    }
  }
}
