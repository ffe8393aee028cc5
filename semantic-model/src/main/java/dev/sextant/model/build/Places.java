// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Expr;
import dev.sextant.model.Position;
import dev.sextant.model.Span;
import dev.sextant.model.yaml.Located;
import java.util.IdentityHashMap;
import java.util.Map;

/** Remembers which text every expression was read from, so that a check can point into it. */
public final class Places {
  private final Map<Expr, Located<String>> texts = new IdentityHashMap<>();

  void put(Expr root, Located<String> text) {
    texts.put(root, text);
  }

  /** Where a part of {@code root} stands; {@code fallback} when nothing is known about it. */
  public Position of(Expr root, Span part, Position fallback) {
    Located<String> text = texts.get(root);
    return text == null ? fallback : text.scalar().place(part.start());
  }
}
