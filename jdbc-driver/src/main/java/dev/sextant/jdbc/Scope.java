// SPDX-License-Identifier: Apache-2.0
package dev.sextant.jdbc;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of the things there are a metadata question is about: by catalog, and by patterns for schema and name. */
final class Scope {
  static final Scope ANY = new Scope(null, null, null);

  private final @Nullable String catalog;
  private final @Nullable String schema;
  private final @Nullable String name;

  private Scope(@Nullable String catalog, @Nullable String schema, @Nullable String name) {
    this.catalog = catalog;
    this.schema = schema;
    this.name = name;
  }

  /** Things whose schema and name match patterns; null matches all. */
  static Scope of(@Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern) {
    return new Scope(catalog, schemaPattern, namePattern);
  }

  /** Things with exactly this schema and name, as far as they are given. */
  static Scope exactly(@Nullable String catalog, @Nullable String schema, @Nullable String name) {
    return new Scope(catalog, schema == null ? null : escaped(schema), name == null ? null : escaped(name));
  }

  private static String escaped(String text) {
    return text.replaceAll("[\\\\%_]", "\\\\$0");
  }

  boolean holds(String inCatalog, String inSchema) {
    return (catalog == null || catalog.equals(inCatalog)) && matches(schema, inSchema);
  }

  boolean holds(String inCatalog, String inSchema, String named) {
    return holds(inCatalog, inSchema) && matches(name, named);
  }

  /** The one name that is wanted, if the pattern leaves no choice. */
  Optional<String> oneName() {
    String pattern = name;
    if (pattern == null || Pattern.compile("(?<!\\\\)[%_]").matcher(pattern).find()) {
      return Optional.empty();
    }
    return Optional.of(pattern.replaceAll("\\\\(.)", "$1"));
  }

  /** Whether a pattern with the wildcards % and _, and the escape \, fits a text. */
  static boolean matches(@Nullable String pattern, String text) {
    return pattern == null || matches(pattern, 0, text, 0);
  }

  private static boolean matches(String pattern, int p, String text, int t) {
    if (p == pattern.length()) {
      return t == text.length();
    }
    char c = pattern.charAt(p);
    if (c == '%') {
      return matches(pattern, p + 1, text, t) || t < text.length() && matches(pattern, p, text, t + 1);
    }
    boolean escaped = c == '\\' && p + 1 < pattern.length();
    char wanted = escaped ? pattern.charAt(p + 1) : c;
    boolean fits = t < text.length() && (!escaped && c == '_' || text.charAt(t) == wanted);
    return fits && matches(pattern, p + (escaped ? 2 : 1), text, t + 1);
  }
}
