// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.statement;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.ArrowBatches;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The rows of a running statement. An end is reported only when the statement ended well and nobody stopped it. */
public final class StreamedBatches implements ArrowBatches {
  private final Reader reader;
  private final QueryControl control;
  private final StopSignal stop;
  private final WarehouseErrors errors;
  private final Closing closing;
  private final ReentrantLock reading = new ReentrantLock();
  private Optional<SextantException> failed = Optional.empty();
  private volatile boolean closed;

  /** Reads the batches of one database; what it holds is closed by others. */
  public interface Reader {
    VectorSchemaRoot root();

    boolean loadNext() throws IOException, SQLException;
  }

  /** Closing the batches closes {@code closing}, after {@code stop} has ended what still runs. */
  public StreamedBatches(Reader reader, QueryControl control, StopSignal stop, WarehouseErrors errors, Closing closing) {
    this.reader = reader;
    this.control = control;
    this.stop = stop;
    this.errors = errors;
    this.closing = closing;
  }

  @Override
  public VectorSchemaRoot root() {
    return reader.root();
  }

  @Override
  public boolean loadNext() {
    reading.lock();
    try {
      failed.ifPresent(failure -> {
        throw failure;
      });
      return load();
    } catch (IOException | SQLException | RuntimeException failure) {
      failed = Optional.of(closed ? endedByClosing() : errors.failure(failure, control));
      throw failed.get();
    } finally {
      reading.unlock();
    }
  }

  private boolean load() throws IOException, SQLException {
    if (closed) {
      throw endedByClosing();
    }
    control.check();
    boolean more = reader.loadNext();
    if (!more) {
      // A cancelled stream may end as if it were complete.
      control.check();
    }
    return more;
  }

  private SextantException endedByClosing() {
    return new SextantException(Issue.of(QueryIssue.CANCELLED, Position.NOWHERE, "query " + control.queryId() + " is closed"));
  }

  @Override
  public void close() {
    closed = true;
    if (reading.isLocked()) {
      stop.send();
    }
    reading.lock();
    try {
      closing.close();
    } finally {
      reading.unlock();
    }
  }
}
