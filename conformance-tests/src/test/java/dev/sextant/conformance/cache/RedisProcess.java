// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.cache;

import java.io.IOException;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** A real Redis, for one test. */
final class RedisProcess implements AutoCloseable {
  private final int port;
  private final RedisServer server;

  RedisProcess() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1").setting("save \"\"").build();
    server.start();
  }

  String address() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}
