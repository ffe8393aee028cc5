// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/**
 * Interrupts whatever a DuckDB connection does. The driver's own {@code Statement.cancel()} works only until the first row is there and does
 * nothing while Arrow batches are read; the driver's inner interrupt always works, so it is called past the access rules.
 */
final class DuckDbInterrupt {
  private static final MethodHandle LOCK;
  private static final MethodHandle INTERRUPT;

  static {
    try {
      MethodHandles.Lookup inside = MethodHandles.privateLookupIn(DuckDBConnection.class, MethodHandles.lookup());
      LOCK = inside.findGetter(DuckDBConnection.class, "connRefLock", ReentrantLock.class);
      INTERRUPT = inside.findVirtual(DuckDBConnection.class, "interrupt", MethodType.methodType(void.class));
    } catch (ReflectiveOperationException otherDriver) {
      throw new ExceptionInInitializerError(otherDriver);
    }
  }

  private DuckDbInterrupt() {}

  /** Interrupts the running statement; fails when the connection is closed. The lock keeps it from being closed meanwhile. */
  static void send(DuckDBConnection connection) throws SQLException {
    try {
      ReentrantLock lock = (ReentrantLock) LOCK.invokeExact(connection);
      lock.lock();
      try {
        INTERRUPT.invokeExact(connection);
      } finally {
        lock.unlock();
      }
    } catch (SQLException | RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable unexpected) {
      throw new SQLException(unexpected);
    }
  }
}
