// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Expr;
import dev.sextant.model.Position;
import dev.sextant.model.Span;
import dev.sextant.model.yaml.Located;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Remembers where parts of definitions are written that do not know it themselves, so that checks can point at them. */
public final class Places {
  private final Map<Expr, Located<String>> texts = new IdentityHashMap<>();
  private final Map<Object, Map<String, Position>> parts = new IdentityHashMap<>();

  void put(Expr root, Located<String> text) {
    texts.put(root, text);
  }

  /** Remembers where the value of {@code key} of a definition stands; the owner is known by identity. */
  void put(Object owner, String key, Position position) {
    parts.computeIfAbsent(owner, any -> new HashMap<>()).put(key, position);
  }

  /** Remembers where the names in a list stand: as {@code key.name}. */
  void put(Object owner, String key, List<Located<String>> names) {
    names.forEach(name -> put(owner, key + "." + Scope.name(name), name.position()));
  }

  /** Where a part of {@code root} stands; {@code fallback} when nothing is known about it. */
  public Position of(Expr root, Span part, Position fallback) {
    Located<String> text = texts.get(root);
    return text == null ? fallback : text.scalar().place(part.start());
  }

  /** Where the value of {@code key} stands; {@code fallback} when it was not written. */
  public Position of(Object owner, String key, Position fallback) {
    Map<String, Position> known = parts.get(owner);
    return known == null ? fallback : known.getOrDefault(key, fallback);
  }
}
