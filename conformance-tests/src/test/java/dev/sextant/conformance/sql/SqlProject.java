// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.sql;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.compare.ValueText;
import dev.sextant.conformance.door.ArrowTables;
import dev.sextant.conformance.door.EngineDoor;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.Caller;
import dev.sextant.query.PreparedSql;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryResult;
import dev.sextant.query.SqlEngine;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.SqlQuery;
import dev.sextant.query.engine.DefaultSqlEngine;
import dev.sextant.server.boot.OpenProject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** A project open for semantic SQL, without a server before it. */
public final class SqlProject implements AutoCloseable {
  private final OpenProject project;
  private final SqlEngine engine;
  private final EngineDoor door;

  private SqlProject(OpenProject project) {
    this.project = project;
    this.engine = new DefaultSqlEngine(() -> project.model().model(), project.warehouses());
    this.door = new EngineDoor(project.engine(), engine);
  }

  /** The shop whose data makes joins go wrong. */
  public static SqlProject shop() {
    return in(ProjectFolders.find("shop"));
  }

  public static SqlProject in(Path folder) {
    return new SqlProject(OpenProject.once(folder, Map.of(), InstantSource.system()));
  }

  public EngineDoor door() {
    return door;
  }

  public SqlEngine engine() {
    return engine;
  }

  public SemanticModel model() {
    return project.model().model();
  }

  /** The answer of semantic SQL; what is wrong with it is an exception. */
  public Table ask(String sql, SqlParameter... parameters) {
    SqlQuery query = new SqlQuery(sql, List.of(parameters), OptionalLong.empty(), SqlQuery.of(sql).options());
    try (QueryResult result = engine.run(query, Caller.ANONYMOUS, QueryControl.unlimited("test"))) {
      return ArrowTables.read(result);
    }
  }

  /** The answer's rows as text, cells apart by bars. */
  public List<String> rows(String sql, SqlParameter... parameters) {
    return lines(ask(sql, parameters));
  }

  /** What is known of a statement before it runs. */
  public PreparedSql prepare(String sql) {
    return engine.prepare(SqlQuery.of(sql), Caller.ANONYMOUS);
  }

  /** The warehouse's own answer, past everything under test. */
  public Table warehouse(String sql) {
    String main = model().project().defaultWarehouse();
    try (ArrowBatches batches = project.warehouses().apply(main).run(sql, QueryControl.unlimited("oracle"))) {
      return ArrowTables.read(batches);
    }
  }

  /** The rows of the warehouse's own answer as text. */
  public List<String> oracle(String sql) {
    return lines(warehouse(sql));
  }

  /** What the engine complains about. */
  public Answer.Complaint refusal(String sql) {
    return switch (door.ask(new dev.sextant.conformance.Question.Sql(sql))) {
      case Answer.Refusal refusal -> refusal.complaints().getFirst();
      case Answer.Rows rows -> throw new AssertionError("answered " + lines(rows.table()));
    };
  }

  private static List<String> lines(Table table) {
    return table.rows().stream().map(row -> row.stream().map(ValueText::of).collect(Collectors.joining(" | "))).toList();
  }

  @Override
  public void close() {
    project.close();
  }
}
