// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.activation.OnlineStore;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import redis.embedded.RedisServer;

/** The shared store, on a real Redis. */
class RedisOnlineStoreTest extends OnlineStoreContract {
  private static int port;
  private static RedisServer server;
  private static int tests;

  @BeforeAll
  static void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1").setting("save \"\"").build();
    server.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.stop();
  }

  @Override
  OnlineStore open() {
    return new RedisOnlineStore("redis://127.0.0.1:" + port, "a*project [" + tests++ + "]");
  }
}
