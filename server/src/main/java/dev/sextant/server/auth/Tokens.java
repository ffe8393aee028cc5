// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.auth;

import dev.sextant.query.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The bearer tokens of a project and whom they stand for: {@code server.tokens.NAME} is a token and {@code server.roles.NAME} the roles of
 * its bearer, {@code server.attributes.NAME.ATTRIBUTE} what policies may ask of it. A project without tokens lets everybody in.
 */
final class Tokens {
  private static final String TOKEN = "server.tokens.";
  private static final String ROLES = "server.roles.";
  private static final String ATTRIBUTES = "server.attributes.";

  private final Map<String, Caller> callers = new LinkedHashMap<>();
  private final Map<String, byte[]> tokens = new LinkedHashMap<>();

  Tokens(Map<String, String> settings) {
    settings.forEach((key, value) -> {
      if (isToken(key, value)) {
        String name = key.substring(TOKEN.length());
        callers.put(name, new Caller(name, texts(settings.getOrDefault(ROLES + name, "")), attributes(settings, name)));
        tokens.put(name, value.getBytes(StandardCharsets.UTF_8));
      }
    });
  }

  private static boolean isToken(String key, String value) {
    return key.startsWith(TOKEN) && !value.isBlank();
  }

  /** Whether settings have any. */
  static boolean areIn(Map<String, String> settings) {
    return settings.entrySet().stream().anyMatch(entry -> isToken(entry.getKey(), entry.getValue()));
  }

  private static Map<String, List<String>> attributes(Map<String, String> settings, String name) {
    String start = ATTRIBUTES + name + ".";
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    settings.forEach((key, value) -> {
      if (key.startsWith(start)) {
        attributes.put(key.substring(start.length()), texts(value));
      }
    });
    return attributes;
  }

  /** The texts of a list with commas. */
  static List<String> texts(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(role -> !role.isEmpty()).toList();
  }

  /** Whether a token must be shown. */
  boolean required() {
    return !tokens.isEmpty();
  }

  /** Whom a token stands for. Every token is looked at, and each for as long as any other. */
  Optional<Caller> bearer(String token) {
    byte[] shown = token.getBytes(StandardCharsets.UTF_8);
    Optional<Caller> found = Optional.empty();
    for (Map.Entry<String, byte[]> entry : tokens.entrySet()) {
      if (MessageDigest.isEqual(entry.getValue(), shown)) {
        found = Optional.ofNullable(callers.get(entry.getKey()));
      }
    }
    return found;
  }
}
