// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.sextant.model.Source;
import dev.sextant.model.WarehouseConfig;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.OwnTables;
import dev.sextant.query.QueryControl;
import dev.sextant.query.TableColumns;
import dev.sextant.query.Warehouse;
import dev.sextant.query.warehouse.statement.AdmissionLimit;
import dev.sextant.query.warehouse.statement.Closing;
import dev.sextant.query.warehouse.statement.Deadlines;
import dev.sextant.query.warehouse.statement.StopSignal;
import dev.sextant.query.warehouse.statement.StreamedBatches;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** A PostgreSQL database behind a pool of connections. */
public final class PostgresWarehouse implements Warehouse {
  /** Finds columns whose texts may be the same though their bytes are not. */
  private static final String COLLATED = """
      select 1
      from pg_attribute a join pg_class t on t.oid = a.attrelid join pg_namespace n on n.oid = t.relnamespace
      left join pg_collation c on c.oid = a.attcollation
      where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and a.attnum > 0 and not a.attisdropped
        and (not c.collisdeterministic or format_type(a.atttypid, null) like '%citext')
      limit 1""";

  private final String name;
  private final HikariDataSource pool;
  private final BufferAllocator memory;
  private final AdmissionLimit limit;
  private final PostgresErrors errors;
  private final Deadlines deadlines = new Deadlines(InstantSource.system());

  private PostgresWarehouse(String name, HikariDataSource pool, PostgresSettings settings, PostgresErrors errors, BufferAllocator memory) {
    this.name = name;
    this.pool = pool;
    this.memory = memory;
    this.limit = new AdmissionLimit(name, settings.maxConnections(), settings.maxQueued());
    this.errors = errors;
  }

  /** Connects; {@code init} runs in every connection, and batches take their memory from {@code memory}. */
  public static PostgresWarehouse open(WarehouseConfig config, Path folder, BufferAllocator memory) {
    PostgresSettings settings = PostgresSettings.of(config, folder);
    PostgresErrors errors = new PostgresErrors(config.name(), settings.host());
    try {
      return new PostgresWarehouse(config.name(), new HikariDataSource(settings.pool()), settings, errors, memory);
    } catch (HikariPool.PoolInitializationException failure) {
      throw errors.failure(failure);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String dialect() {
    return "postgres";
  }

  @Override
  public TableColumns describe(Source source) {
    try (PostgresSession session = PostgresSession.open(pool, QueryControl.unlimited("describe"))) {
      return new PostgresDescriber(name, session, errors).describe(source);
    } catch (SQLException failure) {
      throw errors.failure(failure);
    }
  }

  @Override
  public ArrowBatches run(String sql, QueryControl control) {
    control.check();
    Closing closing = new Closing();
    try {
      closing.add(deadlines.watch(control));
      closing.add(limit.admit(control));
      BufferAllocator allocator = closing.add(memory.newChildAllocator(control.queryId(), 0, Long.MAX_VALUE));
      PostgresSession session = closing.add(PostgresSession.open(pool, control));
      StopSignal stop = closing.add(StopSignal.watch(control, session::cancel));
      return new StreamedBatches(session.run(withoutEnd(sql), allocator, closing), control, stop, errors, closing);
    } catch (SQLException | RuntimeException | Error failure) {
      closing.closeAfter(failure);
      throw errors.failure(failure, control);
    }
  }

  @Override
  public boolean comparesByBytes() {
    try (ArrowBatches collated = run(COLLATED, QueryControl.unlimited("collations"))) {
      return !collated.loadNext();
    }
  }

  @Override
  public Optional<OwnTables> ownTables() {
    return Optional.of(new PostgresTables(control -> PostgresSession.open(pool, control), errors));
  }

  /** A query becomes part of a statement, where a semicolon would end it. */
  static String withoutEnd(String sql) {
    return sql.strip().replaceFirst("(;\\s*)+$", "");
  }

  /** Closes all connections; statements that still run fail. */
  @Override
  public void close() {
    pool.close();
  }
}
