// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Destination;
import dev.sextant.activation.Destination.Operation;
import dev.sextant.model.Sync;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a sync does with rows that came, changed or left; nothing where it is empty. */
record Operations(Optional<Operation> added, Optional<Operation> changedIfSent, Optional<Operation> removed) {

  static Operations of(Sync sync) {
    Operation write = switch (sync.mode()) {
      case INSERT -> Operation.INSERT;
      case UPDATE -> Operation.UPDATE;
      case UPSERT, MIRROR -> Operation.UPSERT;
      case APPEND -> Operation.APPEND;
    };
    Optional<Operation> leave = switch (sync.onLeave()) {
      case NOTHING -> sync.mode() == Sync.Mode.MIRROR ? Optional.of(Operation.DELETE) : Optional.empty();
      case DELETE -> Optional.of(Operation.DELETE);
      case ARCHIVE -> Optional.of(Operation.ARCHIVE);
      case CLEAR -> Optional.of(Operation.CLEAR);
    };
    return new Operations(Optional.of(write), sync.mode() == Sync.Mode.INSERT ? Optional.empty() : Optional.of(write), leave);
  }

  Operation changed() {
    return changedIfSent.or(() -> added).orElse(Operation.UPSERT);
  }

  Set<Operation> all() {
    Set<Operation> all = new LinkedHashSet<>();
    added.ifPresent(all::add);
    changedIfSent.ifPresent(all::add);
    removed.ifPresent(all::add);
    return all;
  }

  /** Throws if the destination cannot do what the sync wants. */
  void refuseUnknown(Sync sync, Destination destination) {
    for (Operation operation : all()) {
      if (!destination.operations().contains(operation)) {
        throw ActivationIssue.DESTINATION_CONFIG.because("Destination '" + sync.destination() + "' of sync '" + sync.name() + "' knows no "
            + operation.name().toLowerCase(Locale.ROOT) + "; it knows "
            + destination.operations().stream().map(known -> known.name().toLowerCase(Locale.ROOT)).sorted().toList() + ".");
      }
    }
  }
}
