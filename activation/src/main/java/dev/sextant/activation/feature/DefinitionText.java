// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.feature;

import dev.sextant.model.Documentation;
import dev.sextant.model.Expr;
import dev.sextant.model.FeatureView;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.expr.ExprPrinter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * All that a view's values follow from, as text: the view, its metrics and those they are made from, the datasets behind them, the calendar.
 * Where something is written, what it is called for people and how it is served does not matter.
 */
public final class DefinitionText {
  private final StringBuilder out = new StringBuilder();

  private DefinitionText() {}

  /** Equal texts have equal values. */
  public static String of(FeatureView view, SemanticModel model) {
    DefinitionText text = new DefinitionText();
    ViewReads reads = ViewReads.of(view, model);
    text.add(view.name());
    text.add(view.entities());
    text.add(view.features());
    reads.metrics().forEach(text::add);
    reads.datasets().forEach(text::add);
    text.add(model.calendar());
    text.add(model.timeSpines());
    return text.out.toString();
  }

  private void add(Object part) {
    switch (part) {
      case Documentation people -> {
      }
      case Position place -> {
      }
      case Expr expr -> out.append('(').append(ExprPrinter.print(expr)).append(')');
      case Optional<?> maybe -> maybe.ifPresentOrElse(this::add, () -> out.append('-'));
      case Collection<?> all -> {
        out.append('[');
        all.forEach(this::add);
        out.append(']');
      }
      case Map<?, ?> all -> all.forEach((key, value) -> {
        add(key);
        add(value);
      });
      case Record record -> record(record);
      case String text -> out.append(text.length()).append('\'').append(text);
      default -> out.append(' ').append(part);
    }
    out.append(',');
  }

  private void record(Record record) {
    out.append(record.getClass().getSimpleName()).append('{');
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        add(component.getAccessor().invoke(record));
      } catch (IllegalAccessException | InvocationTargetException impossible) {
        throw new IllegalStateException(component + " of the model cannot be read", impossible);
      }
    }
    out.append('}');
  }
}
