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
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

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
    sync.match().filter(match -> !sync.map().containsKey(match) && !sync.key().contains(match)).ifPresent(match -> {
      throw options.wrong("needs '" + match + "', the match of sync '" + sync.name() + "', in its map.");
    });
    String table = sync.object().orElseThrow(() -> options.wrong("needs 'object' in sync '" + sync.name() + "': the table."));
    boolean duckdb = options.config().type().equals("duckdb");
    String url = duckdb ? "jdbc:duckdb:" + folder.resolve(options.required("path")) : postgres(options);
    return new TableDestination(options, url, new TableStatements(table, sync), duckdb);
  }

  /** The driver quotes an address that it does not understand, with any password in it. */
  private static String postgres(Options options) {
    String url = options.required("url");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw options.wrong("has an option 'url' that does not begin with jdbc:postgresql:.");
    }
    return url;
  }

  /** Connects when there is something to deliver, and again after a connection broke. */
  private Connection connection() throws DeliveryFailure {
    if (open.isEmpty()) {
      open = Optional.of(connect());
    }
    return open.get();
  }

  private Connection connect() throws DeliveryFailure {
    Properties login = new Properties();
    if (!duckdb) {
      login.setProperty("logServerErrorDetail", "false"); // details quote the row
    }
    options.text("user").ifPresent(user -> login.setProperty("user", user));
    options.text("password").ifPresent(password -> login.setProperty("password", password));
    try {
      Connection connection = DriverManager.getConnection(url, login);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException failure) {
      if (advice(failure) == Advice.RETRY) {
        throw new DeliveryFailure(Advice.RETRY, 0, "SQL_" + failure.getSQLState(), "Destination '" + options.config().name()
            + "' does not open: " + failure.getMessage(), Optional.empty());
      }
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
      List<RowResult> results = new ArrayList<>();
      for (int i = 0; i < touched.length; i++) {
        results.add(result(batch.rows().get(i), touched[i]));
      }
      return results;
    } catch (SQLException failure) {
      rollback(connection, failure);
      SQLException cause = failure instanceof BatchUpdateException && failure.getNextException() != null ? failure.getNextException()
          : failure;
      if (advice(cause) == Advice.RETRY) {
        close(); // the next attempt connects anew
      }
      throw new DeliveryFailure(advice(cause), 0, "SQL_" + cause.getSQLState(), "The table refuses it: " + cause.getMessage(),
          Optional.empty());
    }
  }

  private RowResult result(Row row, int touched) {
    boolean isThere = touched != 0 || row.operation() != Operation.UPDATE;
    return !isThere ? new RowResult.Skipped("no such row")
        : statements.names(row) ? new RowResult.Accepted(statements.remoteId(row))
            : new RowResult.Rejected(0, "NO_MATCH", "It is not known which row of the table has left the query; send it again with --all.");
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
    } finally {
      open = Optional.empty();
    }
  }
}
