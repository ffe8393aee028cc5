// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.engine;

import dev.sextant.model.Issue;
import dev.sextant.model.ModelResult;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.load.ModelLoader;
import dev.sextant.query.Caller;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A project of a few lines with its warehouses open. */
public final class ServedProject implements AutoCloseable {
  private final RootAllocator memory = new RootAllocator();
  private final Warehouses warehouses;
  private final DefaultQueryEngine engine;
  private final SemanticModel model;

  private ServedProject(SemanticModel model) {
    this.model = model;
    this.warehouses = new Warehouses(model.project(), memory);
    this.engine = new DefaultQueryEngine(() -> model, warehouses);
  }

  /** Writes a project into {@code folder} and opens it. */
  public static ServedProject open(Path folder, String settings, String models) throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.writeString(folder.resolve("sextant.yml"), settings);
    Files.writeString(folder.resolve("models").resolve("models.yml"), models);
    return switch (ModelLoader.load(folder, Collections.emptyMap())) {
      case ModelResult.Valid valid -> new ServedProject(valid.model());
      case ModelResult.Invalid invalid -> throw new IllegalStateException(
          invalid.issues().stream().map(Issue::toString).collect(Collectors.joining("\n")));
    };
  }

  public DefaultQueryEngine engine() {
    return engine;
  }

  public SemanticModel model() {
    return model;
  }

  /** The warehouses by name. */
  public Warehouses warehouses() {
    return warehouses;
  }

  /** The answer's names, then its rows. */
  public List<String> ask(MetricQuery query) {
    List<String> lines = new ArrayList<>();
    try (QueryResult result = engine.run(query, Caller.ANONYMOUS, QueryControl.unlimited("q"))) {
      lines.add(result.root().getSchema().getFields().stream().map(field -> field.getName()).collect(Collectors.joining(" ")));
      while (result.loadNext()) {
        lines.addAll(rows(result.root()));
      }
    }
    return lines;
  }

  /** The answer's rows. */
  public List<String> rows(MetricQuery query) {
    List<String> lines = ask(query);
    return lines.subList(1, lines.size());
  }

  private static List<String> rows(VectorSchemaRoot root) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < root.getRowCount(); i++) {
      int row = i;
      rows.add(root.getFieldVectors().stream().map(vector -> cell(vector, row)).collect(Collectors.joining(" ")));
    }
    return rows;
  }

  private static String cell(FieldVector vector, int row) {
    return String.valueOf(vector.getObject(row));
  }

  /** The statements that would run for a query. */
  public List<String> sql(MetricQuery query) {
    return engine.explain(query, Caller.ANONYMOUS)
        .stages()
        .stream()
        .filter(stage -> stage.name().startsWith("sql"))
        .map(stage -> stage.text())
        .toList();
  }

  /** The code and message with which a query is refused. */
  public String refusal(MetricQuery query) {
    try {
      return "answered: " + rows(query);
    } catch (SextantException e) {
      return e.issue().code().name() + ": " + e.issue().message();
    }
  }

  public static MetricQuery query(List<String> metrics, List<String> items, String... order) {
    MetricQuery plain = MetricQuery.of(metrics, items);
    return new MetricQuery(plain.metrics(), plain.groupBy(), plain.where(), plain.having(), List.of(order), OptionalLong.empty(),
        OptionalLong.empty(), plain.timeRange(), plain.timeZone(), plain.savedQuery(), plain.mode(), plain.extras(), plain.options());
  }

  @Override
  public void close() {
    warehouses.close();
    memory.close();
  }
}
