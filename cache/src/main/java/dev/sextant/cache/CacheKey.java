// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache;

import dev.sextant.query.QueryFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What two answers must have in common to be the same: the SQL with the caller's row policies in it, the columns' names and labels, and the
 * versions of what is read.
 */
public record CacheKey(List<QueryFacts.Statement> statements, String schema, List<String> versions) {

  public CacheKey {
    statements = List.copyOf(statements);
    versions = List.copyOf(versions);
  }

  /** The key as a short text that is the same in every process. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      statements.forEach(statement -> {
        add(digest, statement.warehouse());
        add(digest, statement.sql());
      });
      add(digest, schema);
      versions.forEach(version -> add(digest, version));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** The length goes first, so that no two lists of texts run into the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }
}
