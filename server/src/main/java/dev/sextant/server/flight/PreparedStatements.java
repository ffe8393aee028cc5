// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import com.google.protobuf.ByteString;
import dev.sextant.query.Caller;
import dev.sextant.query.PreparedSql;
import dev.sextant.query.SqlParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.vector.types.pojo.Schema;

/** The prepared statements of all clients; those that were not used for the longest time go when there are too many. */
final class PreparedStatements {
  private static final int MOST = 10_000;

  private final Map<ByteString, Prepared> statements = new LinkedHashMap<>(64, 0.75f, true);

  /** A prepared statement, who prepared it, its columns, and the values its parameters have now. */
  record Prepared(String sql, String owner, PreparedSql told, Schema schema, List<SqlParameter> values) {

    Prepared {
      values = List.copyOf(values);
    }

    boolean isBound() {
      return values.size() == told.parameters().size();
    }

    /** A ticket for the statement as it is bound now; what its columns are was told when it was prepared, if no value has come since. */
    StatementTicket ticket() {
      return ticket(values.isEmpty() ? Optional.of(schema) : Optional.empty());
    }

    /** A ticket for the statement as it is bound now, with the columns that are told now. */
    StatementTicket ticket(Optional<Schema> columns) {
      if (!isBound()) {
        throw CallStatus.INVALID_ARGUMENT.withDescription(
            "INVALID_SQL: the statement has " + told.parameters().size() + " parameters and " + values.size() + " values.")
            .toRuntimeException();
      }
      return StatementTicket.issue(sql, values, columns);
    }
  }

  synchronized ByteString add(Prepared statement) {
    if (statements.size() >= MOST) {
      statements.remove(statements.keySet().iterator().next());
    }
    ByteString handle = ByteString.copyFromUtf8(UUID.randomUUID().toString());
    statements.put(handle, statement);
    return handle;
  }

  /** Finds a statement that {@code caller} has prepared; those of others are unknown to them. */
  synchronized Prepared find(ByteString handle, Caller caller) {
    Prepared found = statements.get(handle);
    if (found == null || !found.owner().equals(caller.name())) {
      throw CallStatus.NOT_FOUND.withDescription("There is no such prepared statement; it may have been closed.").toRuntimeException();
    }
    return found;
  }

  synchronized void bind(ByteString handle, List<SqlParameter> values, Caller caller) {
    Prepared found = find(handle, caller);
    statements.put(handle, new Prepared(found.sql(), found.owner(), found.told(), found.schema(), values));
  }

  /** Forgets a statement of {@code caller}'s; others keep theirs. */
  synchronized void remove(ByteString handle, Caller caller) {
    statements.computeIfPresent(handle, (same, found) -> found.owner().equals(caller.name()) ? null : found);
  }
}
