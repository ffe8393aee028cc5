// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Feature values by entity key: per version of a view one packed row a key. Rows are ordered by their first 16 bytes, the event time and the
 * created time; what is older never replaces what is newer, whoever writes first.
 */
public interface OnlineStore extends AutoCloseable {

  /** A packed key and its packed row. */
  record Entry(byte[] key, byte[] row) {}

  /** The versions of a view that are stored, the latest begun first. */
  List<FeatureVersion> versions(String view);

  /** The version of a view that is complete and served. */
  Optional<FeatureVersion> serving(String view);

  /** Makes room for a version; it is not served before it is committed. */
  void begin(FeatureVersion version);

  /** Writes rows, each whole or not at all, unless a newer one is there; returns how many are there now because of it. */
  long write(FeatureVersion version, List<Entry> rows);

  /** Reads the rows of packed keys in their order; an empty array stands for a key without a row. */
  byte[][] read(FeatureVersion version, List<byte[]> keys);

  /** Puts the watermark where {@code version} has it and serves that version from now on; all rows written before are safe before it is. */
  void commit(FeatureVersion version);

  /** Removes the rows that runs wrote for an instant before {@code instant}, whose keys a whole run no longer found. */
  long sweep(FeatureVersion version, Instant instant);

  /** Removes a version and its rows. */
  void drop(FeatureVersion version);

  /** Removes every row of an entity from all versions of all views; {@code key} holds the parts of the entity's key as text. */
  long erase(String entity, List<String> key);

  @Override
  void close();
}
