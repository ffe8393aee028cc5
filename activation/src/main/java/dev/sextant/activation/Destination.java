// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a sync delivers to: one provider with one set of credentials. */
public interface Destination extends AutoCloseable {

  /** Tells how many rows will come, before any does; a provider may have another way in for many. */
  default void expect(long rows) {}

  /** How many rows one batch may hold. */
  int batchSize();

  /** What it can do with a row. */
  Set<Operation> operations();

  /** Delivers a batch; the answer has one result a row, in their order. Delivering the same batch twice must do no more than once. */
  List<RowResult> deliver(Batch batch) throws DeliveryFailure;

  @Override
  default void close() {}

  /** What is done with a row. */
  enum Operation {
    INSERT, UPDATE, UPSERT, APPEND, DELETE, ARCHIVE,
    /** Empties the mapped fields and leaves the object. */
    CLEAR;

    /** Whether the row has left the query. */
    public boolean isRemoval() {
      return this == DELETE || this == ARCHIVE || this == CLEAR;
    }
  }

  /** Rows that travel together; {@code id} is the same for the same content. */
  record Batch(String id, String sync, String run, Optional<String> object, Optional<String> match, List<Row> rows) {
    public Batch {
      rows = List.copyOf(rows);
    }
  }

  /** One row: {@code key} as a JSON array, key columns and fields by name with JSON-like values, the provider's own id where it told one. */
  record Row(Operation operation, String key, Map<String, @Nullable Object> keys, Map<String, @Nullable Object> fields,
      Optional<String> remoteId) {
    public Row {
      keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }

  /** What became of a row. */
  sealed interface RowResult {
    /** It is there; {@code remoteId} is what the provider calls it. */
    record Accepted(Optional<String> remoteId) implements RowResult {
      public static final Accepted UNNAMED = new Accepted(Optional.empty());
    }

    /** It will not be there, and sending it again unchanged would not help. */
    record Rejected(int status, String code, String message) implements RowResult {}

    /** There was nothing to do, such as updating what the provider does not have. */
    record Skipped(String reason) implements RowResult {}

    /** The provider could not take it now; it may be sent again. */
    record Again(int status, String message) implements RowResult {}
  }
}
