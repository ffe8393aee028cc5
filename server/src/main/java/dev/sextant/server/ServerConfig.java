// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server;

import java.time.Duration;
import java.util.Map;

/** Where the server listens and how far it goes: the {@code server:} part of {@code sextant.yml}. Port 0 is any free one. */
public record ServerConfig(String host, int httpPort, int flightPort, Limits limits) {

  /** A request's largest body in bytes, its time when it names none, and how long a stopping server waits for running queries. */
  public record Limits(int bodyBytes, Duration queryTimeout, Duration drain) {
    public static final Limits DEFAULT = new Limits(10 << 20, Duration.ofMinutes(5), Duration.ofSeconds(20));
  }

  public static final ServerConfig DEFAULT = new ServerConfig("0.0.0.0", 8080, 8815, Limits.DEFAULT);

  /** Reads the settings a project declares; absent ones keep their defaults. */
  public static ServerConfig of(Map<String, String> settings) {
    return new ServerConfig(settings.getOrDefault("server.host", DEFAULT.host), port(settings, "server.http", DEFAULT.httpPort),
        port(settings, "server.flight", port(settings, "server.flight.port", DEFAULT.flightPort)), Limits.DEFAULT);
  }

  private static int port(Map<String, String> settings, String key, int otherwise) {
    return settings.containsKey(key) ? Integer.parseInt(settings.getOrDefault(key, "").strip()) : otherwise;
  }

  public ServerConfig withHost(String name) {
    return new ServerConfig(name, httpPort, flightPort, limits);
  }

  public ServerConfig withHttpPort(int port) {
    return new ServerConfig(host, port, flightPort, limits);
  }

  public ServerConfig withFlightPort(int port) {
    return new ServerConfig(host, httpPort, port, limits);
  }
}
