// SPDX-License-Identifier: Apache-2.0
package dev.sextant.cache.testing;

import java.io.IOException;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** A real Redis of a test's own, which can be killed and started again where it was. */
public final class OwnRedis implements AutoCloseable {
  private final int port;
  private RedisServer server;

  public OwnRedis() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = started();
  }

  private RedisServer started() throws IOException {
    RedisServer redis = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1").setting("save \"\"").build();
    redis.start();
    return redis;
  }

  public String address() {
    return "redis://127.0.0.1:" + port;
  }

  public void kill() throws IOException {
    server.stop();
  }

  public void startAgain() throws IOException {
    server = started();
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}
