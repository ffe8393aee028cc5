// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where the server listens and how far it goes: the {@code server:} part of {@code sextant.yml}. Port 0 is any free one. */
public record ServerConfig(String host, int httpPort, int flightPort, Optional<Tls> httpTls, Limits limits) {

  private static final String HTTP_TLS = "server.http.tls.";

  /** A request's largest body in bytes, its time when it names none, and how long a stopping server waits for running queries. */
  public record Limits(int bodyBytes, Duration queryTimeout, Duration drain) {
    public static final Limits DEFAULT = new Limits(10 << 20, Duration.ofMinutes(5), Duration.ofSeconds(20));
  }

  /** The PEM files of who the HTTP door is: certificates, its own first, and the key to it. */
  public record Tls(Path certificates, Path key) {}

  public static final ServerConfig DEFAULT = new ServerConfig("0.0.0.0", 8080, 8815, Optional.empty(), Limits.DEFAULT);

  /** Reads the settings a project declares; absent ones keep their defaults. */
  public static ServerConfig of(Map<String, String> settings) {
    return new ServerConfig(settings.getOrDefault("server.host", DEFAULT.host),
        port(settings, "server.http", port(settings, "server.http.port", DEFAULT.httpPort)),
        port(settings, "server.flight", port(settings, "server.flight.port", DEFAULT.flightPort)), tls(settings), Limits.DEFAULT);
  }

  /** One file without the other is found to be of no use when the door opens. */
  private static Optional<Tls> tls(Map<String, String> settings) {
    boolean wanted = settings.keySet().stream().anyMatch(key -> key.startsWith(HTTP_TLS));
    return wanted ? Optional.of(new Tls(Path.of(settings.getOrDefault(HTTP_TLS + "certificate_file", "")),
        Path.of(settings.getOrDefault(HTTP_TLS + "key_file", "")))) : Optional.empty();
  }

  private static int port(Map<String, String> settings, String key, int otherwise) {
    return settings.containsKey(key) ? Integer.parseInt(settings.getOrDefault(key, "").strip()) : otherwise;
  }

  public ServerConfig withHost(String name) {
    return new ServerConfig(name, httpPort, flightPort, httpTls, limits);
  }

  public ServerConfig withHttpPort(int port) {
    return new ServerConfig(host, port, flightPort, httpTls, limits);
  }

  public ServerConfig withFlightPort(int port) {
    return new ServerConfig(host, httpPort, port, httpTls, limits);
  }
}
