// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.export;

import dev.sextant.activation.Activity;
import dev.sextant.activation.ActivitySource;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.run.SavedQuestions;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.SavedQuery.Export;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Warehouse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The exports of a model's saved queries, by their names; where several queries have one of a name, the query's name stands before it. */
public final class ExportActivities implements ActivitySource {
  private final Supplier<SemanticModel> model;
  private final SavedQuestions questions;
  private final Function<String, Warehouse> warehouses;

  public ExportActivities(Supplier<SemanticModel> model, SavedQuestions questions, Function<String, Warehouse> warehouses) {
    this.model = model;
    this.questions = questions;
    this.warehouses = warehouses;
  }

  private record Found(String name, SavedQuery query, Export export) {}

  /** The names under which a model's exports are run. */
  public static List<String> names(SemanticModel model) {
    return exports(model).map(Found::name).toList();
  }

  private Stream<Found> exports() {
    return exports(model.get());
  }

  private static Stream<Found> exports(SemanticModel model) {
    List<SavedQuery> queries = model.definitions().savedQueries();
    List<String> names = queries.stream().flatMap(query -> query.exports().stream()).map(Export::name).toList();
    return queries.stream().flatMap(query -> query.exports().stream().map(export -> {
      boolean alone = names.indexOf(export.name()) == names.lastIndexOf(export.name());
      return new Found(alone ? export.name() : query.name() + "." + export.name(), query, export);
    }));
  }

  @Override
  public RunKind kind() {
    return RunKind.EXPORT;
  }

  @Override
  public List<Wish> wishes() {
    return exports().map(found -> new Wish(found.name(), found.export().schedule())).toList();
  }

  @Override
  public Optional<Activity> find(String name) {
    return exports().filter(found -> found.name().equals(name)).findFirst().map(found -> switch (found.export().kind()) {
      case TABLE, VIEW -> new RelationExport(found.name(), found.query(), found.export(),
          new RelationExport.Surroundings(model.get().project(), questions, warehouses));
      case PARQUET, CSV -> new FileExport(found.name(), found.query(), found.export(), model.get().project(), questions);
    });
  }
}
