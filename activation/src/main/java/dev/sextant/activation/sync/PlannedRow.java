// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.Destination.Operation;
import dev.sextant.activation.Destination.Row;
import dev.sextant.activation.SyncLedger;
import dev.sextant.model.Sync;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of a plan; {@code leaves} says that it is no longer known once it has arrived. */
record PlannedRow(BigInteger keyHash, BigInteger payloadHash, boolean leaves, Row row) {

  static PlannedRow read(ResultSet rows, Sync sync, SyncColumns columns) throws SQLException {
    Operation operation = Operation.valueOf(rows.getString("operation"));
    String key = rows.getString("key");
    Map<String, @Nullable Object> taken = new LinkedHashMap<>();
    for (String column : columns.taken()) {
      taken.put(column, JsonValues.of(rows.getObject(column)));
    }
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    sync.map().forEach((name, field) -> fields.put(name, operation.isRemoval() ? null : switch (field) {
      case Sync.Field.FromColumn from -> taken.get(from.column());
      case Sync.Field.Constant constant -> constant.value();
    }));
    return new PlannedRow(number(rows, "key_hash"), number(rows, "payload_hash"), rows.getBoolean("leaves"),
        new Row(operation, key, JsonValues.keys(key, sync.key()), fields, Optional.ofNullable(rows.getString("remote_id"))));
  }

  private static BigInteger number(ResultSet rows, String column) throws SQLException {
    Object number = rows.getObject(column);
    return number instanceof BigInteger big ? big : number == null ? BigInteger.ZERO : new BigInteger(number.toString());
  }

  /** What is known once it has arrived. */
  SyncLedger.Entry entry(Optional<String> remoteId) {
    return new SyncLedger.Entry(0, keyHash, leaves ? "" : row.key(), payloadHash, remoteId.or(row::remoteId), leaves);
  }
}
