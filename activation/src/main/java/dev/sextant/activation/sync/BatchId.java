// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.Destination.Row;
import dev.sextant.activation.run.Hashes;
import dev.sextant.model.Sync;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The id of a batch: a hash of what is in it, so that a receiver can drop what it has seen. The salt tells the repeat of a batch from the same
 * rows sent anew later on, such as a value that went back to what it was, which a receiver must not drop.
 */
final class BatchId {
  private static final int CHARACTERS = 32;

  private BatchId() {}

  static String of(Sync sync, long salt, List<Row> rows) {
    MessageDigest digest = Hashes.digest();
    add(digest, sync.name());
    add(digest, String.valueOf(salt));
    for (Row row : rows) {
      add(digest, row.operation().name());
      add(digest, row.key());
      row.fields().forEach((name, value) -> {
        add(digest, name);
        add(digest, String.valueOf(value));
      });
    }
    return "msg_" + HexFormat.of().formatHex(digest.digest()).substring(0, CHARACTERS);
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
