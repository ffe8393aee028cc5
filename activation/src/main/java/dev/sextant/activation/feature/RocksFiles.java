// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureIssue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** An open RocksDB of two parts, rows and what is about them; nothing touches it once it is closed. */
final class RocksFiles implements AutoCloseable {
  private static final long CACHE_BYTES = 64L << 20;
  private static final int BLOOM_BITS = 10;
  private static final int LOGS_KEPT = 2;

  private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
  private final List<AutoCloseable> parts = new ArrayList<>();
  private final RocksDB db;
  private final ColumnFamilyHandle rows;
  private final ColumnFamilyHandle about;
  private boolean closed;

  static {
    RocksDB.loadLibrary();
  }

  /** Something that is done with the open files. */
  interface Work<T> {
    T with(RocksDB db, ColumnFamilyHandle rows, ColumnFamilyHandle about) throws RocksDBException;
  }

  private RocksFiles(Path folder, boolean readOnly) throws RocksDBException {
    LRUCache cache = new LRUCache(CACHE_BYTES);
    BloomFilter bloom = new BloomFilter(BLOOM_BITS);
    ColumnFamilyOptions family = new ColumnFamilyOptions().setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache)
        .setFilterPolicy(bloom)
        .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash));
    DBOptions options = new DBOptions().setCreateIfMissing(!readOnly)
        .setCreateMissingColumnFamilies(!readOnly)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(LOGS_KEPT);
    List<ColumnFamilyDescriptor> families = List.of(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family),
        new ColumnFamilyDescriptor("about".getBytes(StandardCharsets.UTF_8), family));
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    this.db = readOnly ? RocksDB.openReadOnly(options, folder.toString(), families, handles)
        : RocksDB.open(options, folder.toString(), families, handles);
    this.rows = handles.get(0);
    this.about = handles.get(1);
    parts.addAll(List.of(rows, about, db, options, family, bloom, cache));
  }

  /** Opens the files of a folder, which are made if they are not there. */
  static RocksFiles open(Path folder) {
    try {
      Files.createDirectories(folder);
      return new RocksFiles(folder, false);
    } catch (IOException failure) {
      throw FeatureIssue.ONLINE_STORE.because("The folder " + folder + " cannot be made: " + failure.getMessage(), failure);
    } catch (RocksDBException failure) {
      String message = String.valueOf(failure.getMessage());
      throw FeatureIssue.ONLINE_STORE.because(message.toLowerCase(java.util.Locale.ROOT).contains("lock")
          ? "The online store in " + folder + " is open in another process; ask the server that has it, such as with POST /v1/runs."
          : "The online store in " + folder + " does not open: " + message, failure);
    }
  }

  /** Opens the files as they are now, whoever has them open, to read only. */
  static RocksFiles readOnly(Path folder) {
    try {
      return new RocksFiles(folder, true);
    } catch (RocksDBException failure) {
      throw FeatureIssue.ONLINE_STORE.because("There is no online store in " + folder + " yet: " + failure.getMessage(), failure);
    }
  }

  <T> T use(Work<T> work) {
    life.readLock().lock();
    try {
      if (closed) {
        throw FeatureIssue.ONLINE_STORE.because("The online store is closed.");
      }
      return work.with(db, rows, about);
    } catch (RocksDBException failure) {
      throw FeatureIssue.ONLINE_STORE.because("The online store failed: " + failure.getMessage(), failure);
    } finally {
      life.readLock().unlock();
    }
  }

  @Override
  public void close() {
    life.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        for (AutoCloseable part : parts) {
          part.close();
        }
      }
    } catch (Exception failure) {
      throw new IllegalStateException("The online store does not close", failure);
    } finally {
      life.writeLock().unlock();
    }
  }
}
