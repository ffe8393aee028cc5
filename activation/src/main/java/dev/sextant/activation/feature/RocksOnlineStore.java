// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.OnlineStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Features in a RocksDB beside the project, which one process at a time has open; what other servers see is nothing of it. */
final class RocksOnlineStore implements OnlineStore {
  private static final String VERSION = "version/";
  private static final String SERVING = "serving/";
  private static final int MOST_IN_ONE_SWEEP = 10_000;

  private final RocksFiles files;
  private final ReentrantLock writing = new ReentrantLock();
  private final Map<String, FeatureVersion> versions = new ConcurrentHashMap<>();
  private final Map<String, String> serving = new ConcurrentHashMap<>();

  RocksOnlineStore(RocksFiles files) {
    this.files = files;
    var unused = files.use((db, rows, about) -> {
      try (RocksIterator all = db.newIterator(about)) {
        for (all.seekToFirst(); all.isValid(); all.next()) {
          remember(new String(all.key(), StandardCharsets.UTF_8), all.value());
        }
        all.status();
      }
      return true;
    });
  }

  private void remember(String key, byte[] value) {
    if (key.startsWith(VERSION)) {
      FeatureVersion version = VersionJson.read(value);
      versions.put(version.id(), version);
    } else {
      serving.put(key.substring(SERVING.length()), new String(value, StandardCharsets.UTF_8));
    }
  }

  @Override
  public List<FeatureVersion> versions(String view) {
    return versions.values()
        .stream()
        .filter(version -> version.view().equals(view))
        .sorted(Comparator.comparing(FeatureVersion::begun).reversed().thenComparing(FeatureVersion::id))
        .toList();
  }

  @Override
  public Optional<FeatureVersion> serving(String view) {
    return Optional.ofNullable(serving.get(view)).flatMap(id -> Optional.ofNullable(versions.get(id)));
  }

  @Override
  public void begin(FeatureVersion version) {
    changed((about, batch) -> batch.put(about, about(version), VersionJson.write(version)), true);
    versions.put(version.id(), version);
  }

  @Override
  public long write(FeatureVersion version, List<Entry> rows) {
    byte[] prefix = prefix(version);
    List<byte[]> keys = rows.stream().map(row -> stored(prefix, row.key())).toList();
    return locked(() -> files.use((db, family, about) -> {
      List<byte[]> held = db.multiGetAsList(families(family, keys.size()), keys);
      Map<ByteBuffer, byte[]> newest = new java.util.HashMap<>();
      long written = 0;
      try (WriteBatch batch = new WriteBatch(); WriteOptions options = new WriteOptions()) {
        for (int i = 0; i < keys.size(); i++) {
          ByteBuffer key = ByteBuffer.wrap(keys.get(i));
          byte[] before = newest.containsKey(key) ? newest.get(key) : held.get(i);
          if (before == null || PackedRow.replaces(rows.get(i).row(), before)) {
            batch.put(family, keys.get(i), rows.get(i).row());
            newest.put(key, rows.get(i).row());
            written++;
          }
        }
        db.write(options, batch);
      }
      return written;
    }));
  }

  @Override
  public byte[][] read(FeatureVersion version, List<byte[]> keys) {
    if (keys.isEmpty()) {
      return new byte[0][];
    }
    byte[] prefix = prefix(version);
    return files.use((db, family, about) -> {
      byte[][] found = new byte[keys.size()][];
      if (keys.size() == 1) {
        found[0] = orNothing(db.get(family, stored(prefix, keys.getFirst())));
        return found;
      }
      List<byte[]> wanted = new ArrayList<>(keys.size());
      keys.forEach(key -> wanted.add(stored(prefix, key)));
      List<byte[]> rows = db.multiGetAsList(families(family, wanted.size()), wanted);
      for (int i = 0; i < found.length; i++) {
        found[i] = orNothing(rows.get(i));
      }
      return found;
    });
  }

  private static byte[] orNothing(byte @org.jspecify.annotations.Nullable [] row) {
    return row == null ? new byte[0] : row;
  }

  @Override
  public void commit(FeatureVersion version) {
    changed((about, batch) -> {
      batch.put(about, about(version), VersionJson.write(version));
      batch.put(about, (SERVING + version.view()).getBytes(StandardCharsets.UTF_8), version.id().getBytes(StandardCharsets.UTF_8));
    }, true);
    versions.put(version.id(), version);
    serving.put(version.view(), version.id());
  }

  @Override
  public long sweep(FeatureVersion version, Instant instant) {
    long before = PackedRow.micros(instant);
    return removeRows(version, (key, row) -> !PackedRow.pushed(row) && PackedRow.asOfMicros(row) < before);
  }

  @Override
  public void drop(FeatureVersion version) {
    versions.remove(version.id());
    serving.remove(version.view(), version.id());
    changed((about, batch) -> {
      batch.delete(about, about(version));
      if (!serving.containsKey(version.view())) {
        batch.delete(about, (SERVING + version.view()).getBytes(StandardCharsets.UTF_8));
      }
    }, false);
    byte[] first = prefix(version);
    byte[] behind = after(first);
    locked(() -> files.use((db, family, about) -> {
      db.deleteRange(family, first, behind);
      return 0L;
    }));
  }

  @Override
  public long erase(String entity, List<String> key) {
    long erased = 0;
    for (FeatureVersion version : List.copyOf(versions.values())) {
      Optional<ErasedKey> wanted = ErasedKey.of(version, entity, key);
      if (wanted.isPresent()) {
        erased += removeRows(version, (stored, row) -> wanted.get().isPartOf(stored));
      }
    }
    return erased;
  }

  private interface RowTest {
    boolean test(byte[] key, byte[] row);
  }

  /** Rows are looked at again under the lock, as a newer one may have come in between. */
  private long removeRows(FeatureVersion version, RowTest test) {
    byte[] prefix = prefix(version);
    byte[] from = prefix;
    long removed = 0;
    while (true) {
      List<byte[]> found = find(prefix, from, test);
      removed += remove(found, prefix.length, test);
      if (found.size() < MOST_IN_ONE_SWEEP) {
        return removed;
      }
      from = found.getLast();
    }
  }

  private List<byte[]> find(byte[] prefix, byte[] from, RowTest test) {
    return files.use((db, family, about) -> {
      List<byte[]> found = new ArrayList<>();
      try (RocksIterator all = db.newIterator(family)) {
        for (all.seek(from); all.isValid() && found.size() < MOST_IN_ONE_SWEEP; all.next()) {
          byte[] key = all.key();
          if (!Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
            break;
          }
          if (test.test(Arrays.copyOfRange(key, prefix.length, key.length), all.value())) {
            found.add(key);
          }
        }
        all.status();
      }
      return found;
    });
  }

  private long remove(List<byte[]> keys, int prefix, RowTest test) {
    return locked(() -> files.use((db, family, about) -> {
      long removed = 0;
      for (byte[] key : keys) {
        byte[] row = db.get(family, key);
        if (row != null && test.test(Arrays.copyOfRange(key, prefix, key.length), row)) {
          db.delete(family, key);
          removed++;
        }
      }
      return removed;
    }));
  }

  private interface Change {
    void to(ColumnFamilyHandle about, WriteBatch batch) throws RocksDBException;
  }

  private void changed(Change change, boolean safely) {
    locked(() -> files.use((db, rows, about) -> {
      try (WriteBatch batch = new WriteBatch(); WriteOptions options = new WriteOptions().setSync(safely)) {
        change.to(about, batch);
        db.write(options, batch);
      }
      return 0L;
    }));
  }

  private long locked(java.util.function.LongSupplier work) {
    writing.lock();
    try {
      return work.getAsLong();
    } finally {
      writing.unlock();
    }
  }

  private static List<ColumnFamilyHandle> families(ColumnFamilyHandle family, int count) {
    return java.util.Collections.nCopies(count, family);
  }

  private static byte[] about(FeatureVersion version) {
    return (VERSION + version.view() + "/" + version.id()).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] prefix(FeatureVersion version) {
    if (version.id().length() != 16) {
      throw FeatureIssue.ONLINE_STORE.because("'" + version.id() + "' is no version of a feature view");
    }
    return HexFormat.of().parseHex(version.id());
  }

  private static byte[] after(byte[] prefix) {
    byte[] next = Arrays.copyOf(prefix, prefix.length + 1);
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (++next[i] != 0) {
        break;
      }
    }
    return next;
  }

  private static byte[] stored(byte[] prefix, byte[] key) {
    byte[] stored = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, stored, prefix.length, key.length);
    return stored;
  }

  @Override
  public void close() {
    files.close();
  }
}
