// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.Destination.Operation;
import dev.sextant.activation.Destination.Row;
import dev.sextant.model.Sync;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of a plan, with its place in it. */
record PlannedRow(long seq, BigInteger payloadHash, Row row) {

  static PlannedRow read(ResultSet rows, Sync sync, SyncColumns columns) throws SQLException {
    Operation operation = Operation.valueOf(rows.getString("operation"));
    String key = rows.getString("key");
    Map<String, @Nullable Object> taken = new LinkedHashMap<>();
    for (String column : columns.taken()) {
      taken.put(column, JsonValues.of(rows.getObject(column)));
    }
    Map<String, @Nullable Object> keys = operation.isRemoval() ? JsonValues.keys(key, sync.key()) : new LinkedHashMap<>();
    if (!operation.isRemoval()) {
      sync.key().forEach(column -> keys.put(column, taken.get(column)));
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    sync.map().forEach((name, field) -> fields.put(name, operation.isRemoval() ? null : switch (field) {
      case Sync.Field.FromColumn from -> taken.get(from.column());
      case Sync.Field.Constant constant -> constant.value();
    }));
    Object hash = rows.getObject("payload_hash");
    return new PlannedRow(rows.getLong("seq"), hash instanceof BigInteger number ? number : BigInteger.ZERO,
        new Row(operation, key, keys, fields, Optional.ofNullable(rows.getString("remote_id"))));
  }
}
