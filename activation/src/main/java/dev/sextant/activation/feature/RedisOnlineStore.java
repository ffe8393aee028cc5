// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.FeatureVersion;
import dev.sextant.activation.OnlineStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Features in a Redis that servers share. Rows are compared and put in their place by scripts, which nothing comes between. */
final class RedisOnlineStore implements OnlineStore {
  private static final String VERSION = "version/";
  private static final String SERVING = "serving/";
  private static final int MOST_IN_ONE_CALL = 500;
  private static final byte[] NOTHING = {};
  private static final byte[] WRITE = bytes("""
      local function replaces(new, held)
        for i = 1, 16 do
          local a, b = string.byte(new, i), string.byte(held, i)
          if a ~= b then return a > b end
        end
        return true
      end
      local written = 0
      for i = 1, #KEYS do
        local held = redis.call('GETRANGE', KEYS[i], 0, 15)
        if #held == 0 or replaces(ARGV[i], held) then
          redis.call('SET', KEYS[i], ARGV[i])
          written = written + 1
        end
      end
      return written""");
  private static final byte[] REMOVE = bytes("""
      local removed = 0
      for i = 1, #KEYS do
        if redis.call('GET', KEYS[i]) == ARGV[i] then removed = removed + redis.call('DEL', KEYS[i]) end
      end
      return removed""");

  private final RedisClient redis;
  private final String prefix;
  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();

  private record Parsed(byte[] json, FeatureVersion version) {}

  /** {@code project} keeps the rows of projects that share a Redis apart. */
  RedisOnlineStore(String url, String project) {
    this.prefix = "sextant:" + project + ":features:";
    this.redis = reached(() -> RedisClient.create(url));
  }

  @Override
  public List<FeatureVersion> versions(String view) {
    return all().stream()
        .filter(version -> version.view().equals(view))
        .sorted(Comparator.comparing(FeatureVersion::begun).reversed().thenComparing(FeatureVersion::id))
        .toList();
  }

  private List<FeatureVersion> all() {
    List<FeatureVersion> found = new ArrayList<>();
    reached(() -> redis.hgetAll(about())).forEach((field, json) -> {
      if (text(field).startsWith(VERSION)) {
        found.add(VersionJson.read(json));
      }
    });
    return found;
  }

  @Override
  public Optional<FeatureVersion> serving(String view) {
    byte[] json = reached(() -> redis.hget(about(), bytes(SERVING + view)));
    if (json == null) {
      return Optional.empty();
    }
    Parsed last = parsed.get(view);
    if (last == null || !Arrays.equals(last.json(), json)) {
      last = new Parsed(json, VersionJson.read(json));
      parsed.put(view, last);
    }
    return Optional.of(last.version());
  }

  @Override
  public void begin(FeatureVersion version) {
    reached(() -> redis.hset(about(), bytes(VERSION + version.id()), VersionJson.write(version)));
  }

  @Override
  public long write(FeatureVersion version, List<Entry> rows) {
    long written = 0;
    for (List<Entry> part : parts(rows)) {
      written += (Long) reached(() -> redis.eval(WRITE, part.stream().map(row -> stored(version, row.key())).toList(),
          part.stream().map(Entry::row).toList()));
    }
    return written;
  }

  @Override
  public byte[][] read(FeatureVersion version, List<byte[]> keys) {
    if (keys.isEmpty()) {
      return new byte[0][];
    }
    List<byte[]> rows = reached(() -> redis.mget(keys.stream().map(key -> stored(version, key)).toArray(byte[][]::new)));
    return rows.stream().map(row -> row == null ? NOTHING : row).toArray(byte[][]::new);
  }

  @Override
  public void commit(FeatureVersion version) {
    byte[] json = VersionJson.write(version);
    reached(() -> redis.hset(about(), Map.of(bytes(VERSION + version.id()), json, bytes(SERVING + version.view()), json)));
  }

  @Override
  public long sweep(FeatureVersion version, Instant instant) {
    long before = PackedRow.micros(instant);
    return removeRows(version, (key, row) -> !PackedRow.pushed(row) && PackedRow.asOfMicros(row) < before);
  }

  @Override
  public void drop(FeatureVersion version) {
    boolean served = serving(version.view()).filter(current -> current.id().equals(version.id())).isPresent();
    reached(() -> served ? redis.hdel(about(), bytes(VERSION + version.id()), bytes(SERVING + version.view()))
        : redis.hdel(about(), bytes(VERSION + version.id())));
    var unused = removeRows(version, (key, row) -> true);
  }

  @Override
  public long erase(String entity, List<String> key) {
    long erased = 0;
    for (FeatureVersion version : all()) {
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

  /** Removes rows only as they were seen: one that was written anew meanwhile stays. */
  private long removeRows(FeatureVersion version, RowTest test) {
    byte[] start = rowPrefix(version);
    ScanParams params = new ScanParams().match(pattern(start)).count(MOST_IN_ONE_CALL);
    byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
    long removed = 0;
    do {
      byte[] from = cursor;
      ScanResult<byte[]> page = reached(() -> redis.scan(from, params));
      List<byte[]> keys = page.getResult();
      List<byte[]> rows = keys.isEmpty() ? List.of() : reached(() -> redis.mget(keys.toArray(byte[][]::new)));
      List<byte[]> doomed = new ArrayList<>();
      List<byte[]> seen = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        byte[] key = keys.get(i);
        byte[] row = rows.get(i);
        if (row != null && test.test(Arrays.copyOfRange(key, start.length, key.length), row)) {
          doomed.add(key);
          seen.add(row);
        }
      }
      removed += doomed.isEmpty() ? 0 : (Long) reached(() -> redis.eval(REMOVE, doomed, seen));
      cursor = page.getCursorAsBytes();
    } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
    return removed;
  }

  private static byte[] pattern(byte[] start) {
    return bytes(text(start).replaceAll("([\\\\*?\\[\\]^-])", "\\\\$1") + "*");
  }

  private byte[] about() {
    return bytes(prefix + "about");
  }

  private byte[] rowPrefix(FeatureVersion version) {
    return bytes(prefix + version.id() + ":");
  }

  private byte[] stored(FeatureVersion version, byte[] key) {
    byte[] start = rowPrefix(version);
    byte[] stored = Arrays.copyOf(start, start.length + key.length);
    System.arraycopy(key, 0, stored, start.length, key.length);
    return stored;
  }

  private static List<List<Entry>> parts(List<Entry> rows) {
    List<List<Entry>> parts = new ArrayList<>();
    for (int i = 0; i < rows.size(); i += MOST_IN_ONE_CALL) {
      parts.add(rows.subList(i, Math.min(rows.size(), i + MOST_IN_ONE_CALL)));
    }
    return parts;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static <T> T reached(java.util.function.Supplier<T> call) {
    try {
      return call.get();
    } catch (JedisException failure) {
      throw FeatureIssue.ONLINE_STORE.because("The online store's Redis failed or cannot be reached: " + failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
