// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.http;

import java.net.MalformedURLException;
import java.net.URL;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where the server is and how to talk to it. */
public final class Settings {
  private final Map<Setting, String> values;
  private final String host;
  private final int port;
  private final String path;

  Settings(Map<Setting, String> values) throws SQLException {
    this(values, "", 0, "");
    for (Map.Entry<Setting, String> entry : values.entrySet()) {
      check(entry.getKey(), entry.getValue());
    }
  }

  private Settings(Map<Setting, String> values, String host, int port, String path) {
    this.values = new LinkedHashMap<>(values);
    this.host = host;
    this.port = port;
    this.path = path;
  }

  Settings at(String newHost, int newPort, String newPath) {
    return new Settings(values, newHost, newPort, newPath.endsWith("/") ? newPath.substring(0, newPath.length() - 1) : newPath);
  }

  private static void check(Setting setting, String value) throws SQLException {
    if (!setting.choices().isEmpty() && !setting.choices().contains(value)) {
      throw ConnectionUrl.wrong("'" + setting.key() + "' is one of " + String.join(", ", setting.choices()) + ", not '" + value + "'");
    }
    boolean isCount = setting == Setting.TIMEOUT || setting == Setting.CONNECT_TIMEOUT || setting == Setting.NETWORK_TIMEOUT;
    if (isCount && !value.matches("\\d{1,6}")) {
      throw ConnectionUrl.wrong("'" + setting.key() + "' is a number of seconds, not '" + value + "'");
    }
    if (setting == Setting.TIME_ZONE && !ZoneId.getAvailableZoneIds().contains(value)) {
      throw ConnectionUrl.wrong("'" + setting.key() + "' is a zone such as UTC or Europe/Berlin, not '" + value + "'");
    }
  }

  /** What a setting says, if anything. */
  public Optional<String> text(Setting setting) {
    return Optional.of(values.getOrDefault(setting, setting.otherwise())).filter(value -> !value.isEmpty());
  }

  public boolean ssl() {
    return text(Setting.SSL).equals(Optional.of("true"));
  }

  boolean gzip() {
    return text(Setting.COMPRESSION).equals(Optional.of("gzip"));
  }

  /** The token; tools that know users and passwords only give it as the password. */
  Optional<String> token() {
    return text(Setting.TOKEN).or(() -> text(Setting.PASSWORD));
  }

  /** A setting that counts seconds. */
  public int seconds(Setting setting) {
    return Integer.parseInt(values.getOrDefault(setting, setting.otherwise()));
  }

  URL url(String resource) {
    try {
      return new URL(ssl() ? "https" : "http", host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port, path + resource);
    } catch (MalformedURLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The server for error messages, such as {@code localhost:8080}. */
  String place() {
    return host + ":" + port;
  }
}
