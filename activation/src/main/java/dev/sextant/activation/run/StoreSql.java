// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.ActivationIssue;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Statements on the store's database; what fails there is an issue of the store. */
final class StoreSql {
  private final Jdbi jdbi;

  StoreSql(DataSource source) {
    this.jdbi = Jdbi.create(source);
  }

  <T> T read(String sql, Function<Query, T> reading) {
    return guarded(handle -> {
      try (Query query = handle.createQuery(sql)) {
        return reading.apply(query);
      }
    });
  }

  /** Runs one statement and returns how many rows it touched. */
  int write(String sql, Function<Update, Update> binding) {
    return guarded(handle -> binding.apply(handle.createUpdate(sql)).execute());
  }

  /** Runs several statements, all or none. */
  <T> T together(Function<Handle, T> work) {
    return guarded(handle -> handle.inTransaction(work::apply));
  }

  private <T> T guarded(Function<Handle, T> work) {
    try {
      return jdbi.withHandle(work::apply);
    } catch (JdbiException failure) {
      throw broken(failure);
    }
  }

  static RuntimeException broken(JdbiException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return ActivationIssue.RUN_STORE.because("The store of runs failed: " + cause.getMessage(), failure);
  }
}
