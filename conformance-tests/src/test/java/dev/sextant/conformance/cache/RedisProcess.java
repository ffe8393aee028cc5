// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.cache;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The machine's own redis-server, for one test. */
final class RedisProcess implements AutoCloseable {
  private final int port;
  private final Process process;

  private RedisProcess(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Starts one with its files in a folder; nothing where none is installed. */
  static Optional<RedisProcess> start(Path folder) throws InterruptedException {
    try {
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      Process process = new ProcessBuilder("redis-server", "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "")
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve("redis.log").toFile())
          .start();
      RedisProcess redis = new RedisProcess(port, process);
      while (process.isAlive() && !redis.answers()) {
        Thread.sleep(20);
      }
      return process.isAlive() ? Optional.of(redis) : Optional.empty();
    } catch (IOException absent) {
      System.out.println("Without Redis: redis-server cannot be started (" + absent.getMessage() + ")");
      return Optional.empty();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  String address() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
