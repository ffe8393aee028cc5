// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import dev.sextant.activation.Destination;
import dev.sextant.model.Sync;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** A table of PostgreSQL or DuckDB with a unique key; a batch is one transaction. */
final class TableDestination implements Destination {
  private static final int ROWS = 1000;

  private final Options options;
  private final String url;
  private final TableStatements statements;
  private final boolean duckdb;
  private Optional<Connection> open = Optional.empty();

  private TableDestination(Options options, String url, TableStatements statements, boolean duckdb) {
    this.options = options;
    this.url = url;
    this.statements = statements;
    this.duckdb = duckdb;
  }

  static TableDestination open(Options options, Sync sync, Path folder) {
    options.known("url", "user", "password", "path");
    String table = sync.object().orElseThrow(() -> options.wrong("needs 'object' in sync '" + sync.name() + "': the table."));
    boolean duckdb = options.config().type().equals("duckdb");
    String url = duckdb ? "jdbc:duckdb:" + folder.resolve(options.required("path")) : options.required("url");
    return new TableDestination(options, url, new TableStatements(table, sync), duckdb);
  }

  /** Connects when there is something to deliver. */
  private Connection connection() {
    if (open.isEmpty()) {
      open = Optional.of(connect());
    }
    return open.get();
  }

  private Connection connect() {
    Properties login = new Properties();
    options.text("user").ifPresent(user -> login.setProperty("user", user));
    options.text("password").ifPresent(password -> login.setProperty("password", password));
    try {
      Connection connection = DriverManager.getConnection(url, login);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException failure) {
      throw String.valueOf(failure.getSQLState()).startsWith("28")
          ? ActivationIssue.DESTINATION_DENIED.because("Destination '" + options.config().name()
              + "' does not accept the user or the password.", failure)
          : ActivationIssue.DESTINATION_UNREACHABLE.because("Destination '" + options.config().name()
              + "' does not open: " + failure.getMessage(), failure);
    }
  }

  @Override
  public int batchSize() {
    return ROWS;
  }

  @Override
  public Set<Operation> operations() {
    return Set.of(Operation.INSERT, Operation.UPDATE, Operation.UPSERT, Operation.APPEND, Operation.DELETE, Operation.CLEAR);
  }

  @Override
  public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
    Operation operation = batch.rows().getFirst().operation();
    Connection connection = connection();
    try (PreparedStatement statement = connection.prepareStatement(statements.of(operation))) {
      for (Row row : batch.rows()) {
        bind(statement, statements.values(operation, row));
        statement.addBatch();
      }
      int[] touched = statement.executeBatch();
      connection.commit();
      return Arrays.stream(touched)
          .<RowResult>mapToObj(count -> count == 0 && operation == Operation.UPDATE ? new RowResult.Skipped("no such row")
              : RowResult.Accepted.UNNAMED)
          .collect(Collectors.toCollection(ArrayList::new));
    } catch (SQLException failure) {
      rollback(connection, failure);
      SQLException cause = failure instanceof BatchUpdateException && failure.getNextException() != null ? failure.getNextException()
          : failure;
      throw new DeliveryFailure(advice(cause), 0, "SQL_" + cause.getSQLState(), "The table refuses it: " + cause.getMessage(),
          Optional.empty());
    }
  }

  private void bind(PreparedStatement statement, List<Optional<Object>> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i).orElse(null);
      if (value instanceof String text && !duckdb) {
        statement.setObject(i + 1, text, Types.OTHER); // so that the server reads it as the column's type: dates travel as text
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  /** Class 08 is the connection, 40 a lost race, 57 a server going down: these pass. 42 is the table itself. */
  private static Advice advice(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("40") || state.startsWith("57") ? Advice.RETRY
        : state.startsWith("42") && !state.equals("42804") ? Advice.GIVE_UP : Advice.SPLIT;
  }

  private static void rollback(Connection connection, SQLException failure) {
    try {
      connection.rollback();
    } catch (SQLException alsoBroken) {
      failure.addSuppressed(alsoBroken);
    }
  }

  @Override
  public void close() {
    try {
      if (open.isPresent()) {
        open.get().close();
      }
    } catch (SQLException gone) {
      // Whatever was delivered is committed.
    }
  }
}
