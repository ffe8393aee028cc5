// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code jdbc:sextant://host:port/?token=..&view=..}; properties give what the URL leaves open. */
public final class ConnectionUrl {
  public static final String PREFIX = "jdbc:sextant:";

  private static final Pattern FORM = Pattern.compile("//(\\[[0-9a-fA-F:.]+]|[^/?#:\\[\\]]+)(?::(\\d{1,5}))?(/[^?#]*)?(?:\\?([^#]*))?");
  private static final int PORT = 8080;
  private static final int SSL_PORT = 443;

  private ConnectionUrl() {}

  /** Returns what a URL and properties say together. */
  public static Settings read(String url, Properties properties) throws SQLException {
    Matcher matcher = FORM.matcher(url.substring(PREFIX.length()));
    if (!matcher.matches()) {
      throw wrong("'" + withoutSecrets(url) + "' is no URL of this driver");
    }
    Map<Setting, String> values = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      Optional.ofNullable(properties.getProperty(setting.key())).ifPresent(value -> values.put(setting, value));
    }
    values.putAll(query(Optional.ofNullable(matcher.group(4)).orElse("")));
    Settings settings = new Settings(values);
    String port = matcher.group(2);
    int number = port == null ? settings.ssl() ? SSL_PORT : PORT : Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw wrong("port " + number + " is out of range");
    }
    return settings.at(matcher.group(1), number, Optional.ofNullable(matcher.group(3)).orElse(""));
  }

  private static Map<Setting, String> query(String query) throws SQLException {
    Map<Setting, String> values = new LinkedHashMap<>();
    for (String pair : query.split("[&;]")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        values.put(setting(decoded(equals < 0 ? pair : pair.substring(0, equals))), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static Setting setting(String key) throws SQLException {
    for (Setting setting : Setting.values()) {
      if (setting.key().equalsIgnoreCase(key)) {
        return setting;
      }
    }
    throw wrong("parameter '" + key + "' is not known; there are "
        + Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.joining(", ")));
  }

  private static String decoded(String text) throws SQLException {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw wrong("a parameter has a % that no two hexadecimal digits follow; write %25 for the sign itself");
    }
  }

  private static String withoutSecrets(String url) {
    return url.replaceAll("(?i)(token|password)=[^&;]*", "$1=..");
  }

  static SQLException wrong(String what) {
    return new SQLNonTransientConnectionException(
        "The connection URL is wrong: " + what + ". Write jdbc:sextant://host:port/?token=..", "08001");
  }
}
