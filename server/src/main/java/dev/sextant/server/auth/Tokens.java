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
 * its bearer. A project without tokens lets everybody in.
 */
public final class Tokens {
  private static final String TOKEN = "server.tokens.";
  private static final String ROLES = "server.roles.";

  private final Map<String, Caller> callers = new LinkedHashMap<>();
  private final Map<String, byte[]> tokens = new LinkedHashMap<>();

  private Tokens(Map<String, String> settings) {
    settings.forEach((key, value) -> {
      if (key.startsWith(TOKEN) && !value.isBlank()) {
        String name = key.substring(TOKEN.length());
        callers.put(name, new Caller(name, roles(settings.getOrDefault(ROLES + name, ""))));
        tokens.put(name, value.getBytes(StandardCharsets.UTF_8));
      }
    });
  }

  /** Reads the tokens a project's settings declare. */
  public static Tokens of(Map<String, String> settings) {
    return new Tokens(settings);
  }

  private static List<String> roles(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(role -> !role.isEmpty()).toList();
  }

  /** Whether a token must be shown. */
  public boolean required() {
    return !tokens.isEmpty();
  }

  /** Whom a token stands for. Every token is looked at, and each for as long as any other. */
  public Optional<Caller> bearer(String token) {
    byte[] shown = token.getBytes(StandardCharsets.UTF_8);
    Optional<Caller> found = Optional.empty();
    for (Map.Entry<String, byte[]> entry : tokens.entrySet()) {
      if (MessageDigest.isEqual(entry.getValue(), shown)) {
        found = Optional.ofNullable(callers.get(entry.getKey()));
      }
    }
    return found;
  }

  /** The caller of a name that was let in before. */
  public Caller named(String name) {
    return callers.getOrDefault(name, Caller.ANONYMOUS);
  }
}
