// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.store;

import dev.sextant.cache.CacheKey;
import dev.sextant.cache.CachedResult;
import dev.sextant.cache.LowerTier;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.util.JedisURIHelper;

/** Answers in a Redis that several servers share, for a while each; also who of them asks the warehouse. */
public final class RedisTier implements LowerTier {
  private static final int CONNECT_MILLIS = 500;
  private static final int ANSWER_MILLIS = 2_000;
  private static final int CONNECTIONS = 16;
  private static final String RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end";
  private static final String RENEW = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2])"
      + " else return 0 end";
  private static final String LATER = "for i = 1, #ARGV, 2 do local old = redis.call('hget', KEYS[1], ARGV[i])"
      + " if not old or tonumber(old) < tonumber(ARGV[i + 1]) then redis.call('hset', KEYS[1], ARGV[i], ARGV[i + 1]) end end";

  private final RedisClient redis;
  private final String prefix;
  private final Duration keep;
  private final long mostBytes;
  private final String server = UUID.randomUUID().toString();

  /** {@code space} keeps answers of other projects and warehouses apart; an answer is kept for {@code keep}, if it is not too large. */
  public RedisTier(URI address, String space, Duration keep, long mostBytes) {
    GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxWait(Duration.ofMillis(CONNECT_MILLIS));
    pool.setJmxEnabled(false);
    DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
        .connectionTimeoutMillis(CONNECT_MILLIS)
        .socketTimeoutMillis(ANSWER_MILLIS)
        .user(JedisURIHelper.getUser(address))
        .password(JedisURIHelper.getPassword(address))
        .database(JedisURIHelper.getDBIndex(address))
        .ssl(JedisURIHelper.isRedisSSLScheme(address))
        .build();
    this.redis = RedisClient.builder().hostAndPort(JedisURIHelper.getHostAndPort(address)).clientConfig(config).poolConfig(pool).build();
    this.prefix = "sextant:" + space + ":answers:";
    this.keep = keep;
    this.mostBytes = mostBytes;
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public Optional<CachedResult> find(CacheKey key, BufferAllocator memory) throws IOException {
    byte[] content = reached(() -> redis.get(bytes(prefix + key.digest())));
    return content == null ? Optional.empty() : ResultBytes.read(key, content, memory);
  }

  @Override
  public void put(CacheKey key, CachedResult result) throws IOException {
    if (result.batchBytes() > mostBytes) {
      return;
    }
    byte[] content = ResultBytes.write(key, result);
    reached(() -> redis.set(bytes(prefix + key.digest()), content, SetParams.setParams().px(Math.max(1, keep.toMillis()))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static <T> T reached(Supplier<T> call) throws IOException {
    try {
      return call.get();
    } catch (JedisException failure) {
      throw new IOException(failure);
    }
  }

  /** Takes it on this server to ask the warehouse, for a time; false where another server has. */
  public boolean lease(CacheKey key, Duration time) throws IOException {
    return reached(() -> redis.set(leaseOf(key), server, SetParams.setParams().nx().px(time.toMillis()))) != null;
  }

  /** Goes on holding a lease. */
  public void renew(CacheKey key, Duration time) throws IOException {
    reached(() -> redis.eval(RENEW, List.of(leaseOf(key)), List.of(server, String.valueOf(time.toMillis()))));
  }

  /** Gives a lease back, if it still is this server's. */
  public void release(CacheKey key) throws IOException {
    reached(() -> redis.eval(RELEASE, List.of(leaseOf(key)), List.of(server)));
  }

  private String leaseOf(CacheKey key) {
    return prefix + key.digest() + ":lease";
  }

  /** What other servers hold stays, under versions that nobody asks for any more. */
  @Override
  public void clear() {}

  @Override
  public Map<String, Long> changes() throws IOException {
    Map<String, Long> changes = new LinkedHashMap<>();
    reached(() -> redis.hgetAll(prefix + "changes")).forEach((dataset, time) -> changes.put(dataset, Long.parseLong(time)));
    return changes;
  }

  @Override
  public void changed(Map<String, Long> times) throws IOException {
    List<String> arguments = times.entrySet()
        .stream()
        .flatMap(entry -> Stream.of(entry.getKey(), String.valueOf(entry.getValue())))
        .toList();
    reached(() -> Optional.ofNullable(redis.eval(LATER, List.of(prefix + "changes"), arguments)));
  }

  @Override
  public void close() {
    redis.close();
  }
}
