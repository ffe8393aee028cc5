// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Expr;
import dev.sextant.model.FeatureService;
import dev.sextant.model.FeatureView;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Asks for features of entity keys, each as of its own instant. The answer has one row for each row of the spine: the key columns, {@code as_of}, what
 * is carried along, a column for each feature, and {@code event_time}, the newest event time seen (for several views one each,
 * {@code view__event_time}). {@code entities} is the order of the keys.
 */
public record FeatureQuery(List<Asked> views, List<String> entities, Spine spine) {

  /** The answer's column that holds the instants. */
  public static final String AT = "as_of";

  /** The answer's column that holds the newest event time seen. */
  public static final String EVENT_TIME = "event_time";

  /** A view and the features asked of it; none means all. */
  public record Asked(FeatureView view, List<String> features) {
    public Asked {
      features = List.copyOf(features);
    }
  }

  /** The rows features are asked for. */
  public sealed interface Spine {
    /**
     * Rows of a table or query of a warehouse: its key columns (in the order of the entities, all columns of a composite key side by side), the
     * column that holds the instant, and columns carried along.
     */
    record Rows(Source source, String warehouse, List<String> keys, String at, List<String> carried) implements Spine {
      public Rows {
        keys = List.copyOf(keys);
        carried = List.copyOf(carried);
      }
    }

    /** Every key there is, in the entities' own datasets and in the facts, all as of one instant. */
    record EveryKey(Instant at) implements Spine {}

    /** Some given keys. */
    record Given(List<Key> keys) implements Spine {
      public Given {
        keys = List.copyOf(keys);
      }
    }
  }

  /** One key, as constants in the order of the entities, and the instant it is asked for. */
  public record Key(List<Expr.Literal> values, Instant at) {
    public Key {
      values = List.copyOf(values);
    }
  }

  public FeatureQuery {
    views = List.copyOf(views);
    entities = List.copyOf(entities);
  }

  /** Asks for features of one view; none named means all of them. */
  public FeatureQuery(FeatureView view, List<String> features, Spine spine) {
    this(List.of(new Asked(view, features)), view.entities(), spine);
  }

  /** What names such as {@code view}, {@code view:feature} or a feature service's name ask for, each view once. */
  public static List<Asked> asked(List<String> names, SemanticModel model) {
    Map<FeatureView, List<String>> chosen = new LinkedHashMap<>();
    names.stream()
        .flatMap(name -> model.featureService(name).map(FeatureService::features).orElse(List.of(name)).stream())
        .forEach(name -> {
          int colon = name.indexOf(':');
          String of = colon < 0 ? name : name.substring(0, colon);
          List<String> known = model.definitions().featureViews().stream().map(FeatureView::name).toList();
          FeatureView view = model.featureView(of)
              .orElseThrow(() -> Problem.of(QueryIssue.UNKNOWN_VIEW,
                  "feature view '" + of + "' is not defined." + NearestNames.question(NearestNames.to(of, known))));
          List<String> all = view.features().stream().map(FeatureView.Feature::name).toList();
          List<String> features = chosen.computeIfAbsent(view, any -> new ArrayList<>());
          (colon < 0 ? all : List.of(name.substring(colon + 1))).stream().filter(one -> !features.contains(one)).forEach(features::add);
        });
    List<Asked> asked = new ArrayList<>();
    chosen.forEach((view, features) -> asked.add(new Asked(view, features)));
    return asked;
  }

  /** The names of an entity's key columns in answers: its own, numbered where the key is composite. */
  public static List<String> keyColumns(String entity, int parts) {
    return parts == 1 ? List.of(entity) : Stream.iterate(1, part -> part + 1).limit(parts).map(part -> entity + "_" + part).toList();
  }

  /** The name of a view's column of the newest event time. */
  public String eventTime(FeatureView view) {
    return views.size() == 1 ? EVENT_TIME : view.name() + "__" + EVENT_TIME;
  }
}
