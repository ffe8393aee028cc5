// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.dialect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Shortens names a warehouse would cut off, the same name always to the same one: its start and a hash of all of it. Names of the warehouse
 * itself are never that long, so only those of a statement's own columns change.
 */
final class ShortNames extends SqlShuttle {
  private static final int HASH_BYTES = 4;
  /** A name alone, such as current_user, is not the function of that name. */
  private static final List<SqlParserPos> QUOTED = List.of(SqlParserPos.QUOTED_ZERO);

  private final int longest;

  ShortNames(int longest) {
    this.longest = longest;
  }

  /** Names as long as they are. */
  static ShortNames unlimited() {
    return new ShortNames(Integer.MAX_VALUE);
  }

  @Override
  public @Nullable SqlNode visit(SqlIdentifier identifier) {
    List<String> names = identifier.names.stream().map(this::shortened).toList();
    boolean alone = identifier.getClass() == SqlIdentifier.class && identifier.isSimple();
    return names.equals(identifier.names) && !alone ? identifier
        : new SqlIdentifier(names, identifier.getCollation(), identifier.getParserPosition(), alone ? QUOTED : null);
  }

  String shortened(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= longest) {
      return name;
    }
    String suffix = "_" + hash(bytes);
    int end = name.length();
    while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > longest - suffix.length()) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end) + suffix;
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
