// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.Destination.Row;
import dev.sextant.model.Sync;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The id of a batch: a hash of what is in it, so that a receiver can drop what it has seen. */
final class BatchId {
  private static final int CHARACTERS = 32;

  private BatchId() {}

  static String of(Sync sync, List<Row> rows) {
    MessageDigest digest = sha256();
    add(digest, sync.name());
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
