// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.Destination.Operation;
import dev.sextant.activation.Scope;
import dev.sextant.activation.run.Hashes;
import dev.sextant.activation.scratch.Sql;
import dev.sextant.model.Sync;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which rows count as being there, and which of their changes are sent. A trigger only looks at who comes in and who goes: what is sent is an
 * event, and the same entity makes another one only after it went the other way.
 */
record Edges(Sync sync) {
  private static final int HEX = 16;
  private static final int DIGITS = 30;

  boolean isTrigger() {
    return sync.trigger().isPresent();
  }

  /** Whether a row of the query counts, as SQL over its columns. */
  String inside() {
    return sync.trigger().map(trigger -> switch (trigger) {
      case Sync.Trigger.Enter enter -> "true";
      case Sync.Trigger.Leave leave -> "true";
      case Sync.Trigger.Crosses crosses -> "coalesce(" + Sql.name(crosses.column()) + (crosses.upwards() ? " > " : " < ")
          + crosses.threshold().toPlainString() + ", false)";
    }).orElse("true");
  }

  /** The operation by the change of a row that is sent: {@code added, changed, removed, unchanged}. */
  Map<String, String> operations(Operations operations, Scope scope) {
    Map<String, String> sent = new LinkedHashMap<>();
    if (isTrigger()) {
      boolean leaving = sync.trigger().filter(Sync.Trigger.Leave.class::isInstance).isPresent();
      operations.added().ifPresent(write -> sent.put(leaving ? "removed" : "added", write.name()));
      if (!scope.equals(Scope.CHANGES) && !leaving) {
        sent.put("unchanged", operations.changed().name());
      }
      return sent;
    }
    operations.added().ifPresent(added -> sent.put("added", added.name()));
    operations.changedIfSent().map(Operation::name).ifPresent(changed -> sent.put("changed", changed));
    operations.removed().ifPresent(removed -> sent.put("removed", removed.name()));
    if (!scope.equals(Scope.CHANGES)) {
      sent.put("changed", operations.changed().name());
      sent.put("unchanged", operations.changed().name());
    }
    return sent;
  }

  /** A number that stands for the question behind a trigger: who is inside under another one says nothing about this one. */
  BigInteger mark() {
    return new BigInteger(Hashes.sha256(sync.trigger() + " " + sync.query().metrics() + sync.query().groupBy() + sync.query().where() + sync
        .key()).substring(0, DIGITS), HEX);
  }
}
