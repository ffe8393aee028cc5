// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Documents that clients send once and then name by their SHA-256 ("automatic persisted queries"); the ones asked for longest ago make room
 * for others.
 */
final class PersistedQueries {
  /** What clients look for to send the document, too; both words are part of the protocol. */
  static final String NOT_FOUND = "PersistedQueryNotFound";

  private final long mostCharacters;
  private final Map<String, String> documents = new LinkedHashMap<>(16, 0.75f, true);
  private long characters;

  PersistedQueries(long mostCharacters) {
    this.mostCharacters = mostCharacters;
  }

  /** The document a request means: its own, which is kept if it is named, or the one that was kept under its name. */
  String document(Optional<String> own, String hash) {
    if (own.isEmpty()) {
      return find(hash).orElseThrow(() -> refused(GraphqlIssue.PERSISTED_QUERY_NOT_FOUND, NOT_FOUND));
    }
    if (!sha256(own.get()).equalsIgnoreCase(hash)) {
      throw refused(GraphqlIssue.PERSISTED_QUERY_MISMATCH,
          "'sha256Hash' is not the SHA-256 of 'query', which is " + sha256(own.get()) + ".");
    }
    keep(hash, own.get());
    return own.get();
  }

  private synchronized Optional<String> find(String hash) {
    return Optional.ofNullable(documents.get(hash));
  }

  private synchronized void keep(String hash, String document) {
    if (document.length() > mostCharacters || documents.put(hash, document) != null) {
      return;
    }
    characters += document.length();
    Iterator<String> oldest = documents.values().iterator();
    while (characters > mostCharacters) {
      characters -= oldest.next().length();
      oldest.remove();
    }
  }

  static String sha256(String document) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static SextantException refused(GraphqlIssue code, String message) {
    return new SextantException(Issue.of(code, Position.NOWHERE, message));
  }
}
