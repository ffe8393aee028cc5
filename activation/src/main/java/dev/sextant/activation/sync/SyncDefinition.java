// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.run.Hashes;
import dev.sextant.model.Sync;

/** A sync's definition as a hash: equal as long as the same rows would be sent in the same way. */
final class SyncDefinition {
  private SyncDefinition() {}

  static String hash(Sync sync) {
    return Hashes.sha256(sync.key() + " " + sync.map() + " " + sync.mode() + " " + sync.onLeave() + " " + sync.object() + " " + sync.match()
        + " " + sync.destination() + " " + sync.trigger() + " " + sync.guard());
  }
}
