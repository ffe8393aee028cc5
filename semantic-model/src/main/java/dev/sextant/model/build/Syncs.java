// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.ModelIssue;
import dev.sextant.model.Position;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.Sync;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.Named;
import dev.sextant.model.yaml.def.SavedQueryDef.QueryParams;
import dev.sextant.model.yaml.def.SyncDef;
import dev.sextant.model.yaml.def.SyncDef.FieldDef;
import dev.sextant.model.yaml.def.SyncDef.GuardDef;
import dev.sextant.model.yaml.def.SyncDef.ScheduleDef;
import dev.sextant.model.yaml.def.SyncDef.TriggerDef;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds syncs. */
final class Syncs {
  private final Scope scope;
  private final SavedQueries queries;
  private final List<SavedQuery> saved;

  Syncs(Scope scope, SavedQueries queries, List<SavedQuery> saved) {
    this.scope = scope;
    this.queries = queries;
    this.saved = saved;
  }

  Optional<Sync> build(SyncDef def) {
    String name = Scope.name(def.name());
    if (def.key().isEmpty()) {
      scope.issues().add(ModelIssue.MISSING_KEY, def.name().position(), "sync '" + name + "' needs the key 'key'");
    }
    return query(name, def).map(query -> noted(def, new Sync(name, query, queries.items(def.key()), def.destination().value(),
        def.object().map(Located::value), def.match().map(Located::value), fields(def.map()),
        def.mode().map(Located::value).orElse(Sync.Mode.UPSERT), def.onLeave().map(Located::value).orElse(Sync.OnLeave.NOTHING),
        schedule(def.schedule()), guard(def.guard()), def.trigger().flatMap(trigger -> trigger(trigger, def.name().position())),
        Documentations.of(def.documentation()), def.name().position())));
  }

  private Sync noted(SyncDef def, Sync sync) {
    Places places = scope.places();
    places.put(sync, "destination", def.destination().position());
    queries.note(sync, "key", def.key());
    def.map()
        .forEach(field -> field.value().column().ifPresent(column -> places.put(sync, "map." + field.name().value(), column.position())));
    def.guard().ifPresent(guard -> guard.required().forEach(field -> places.put(sync, "required." + field.value(), field.position())));
    def.trigger().flatMap(TriggerDef::crosses).ifPresent(written -> places.put(sync, "crosses", written.position()));
    def.schedule().flatMap(ScheduleDef::cron).ifPresent(written -> places.put(sync, "cron", written.position()));
    def.schedule().flatMap(ScheduleDef::after).ifPresent(written -> places.put(sync, "after", written.position()));
    def.schedule().flatMap(ScheduleDef::every).ifPresent(written -> places.put(sync, "every", written.position()));
    return sync;
  }

  private Optional<SavedQuery> query(String name, SyncDef def) {
    if (def.query().isPresent() == def.savedQuery().isPresent()) {
      scope.issues()
          .add(def.query().isPresent() ? ModelIssue.CONFLICTING_KEYS : ModelIssue.MISSING_KEY, def.name().position(),
              "sync '" + name + "' needs exactly one of query and saved_query");
      return Optional.empty();
    }
    return def.query()
        .map((QueryParams params) -> queries.query(name, params, def.documentation(), def.name().position()))
        .or(() -> def.savedQuery().flatMap(this::saved));
  }

  private Optional<SavedQuery> saved(Located<String> written) {
    Optional<SavedQuery> found = saved.stream().filter(query -> query.name().equals(Scope.name(written))).findFirst();
    if (found.isEmpty()) {
      scope.issues()
          .unknown(ModelIssue.UNKNOWN_NAME, written.position(), "saved query '" + written.value() + "' is not defined.",
              written.value(), saved.stream().map(SavedQuery::name).toList());
    }
    return found;
  }

  private Map<String, Sync.Field> fields(List<Named<FieldDef>> written) {
    Map<String, Sync.Field> fields = new LinkedHashMap<>();
    for (Named<FieldDef> field : written) {
      FieldDef def = field.value();
      if (def.column().isPresent() == def.value().isPresent()) {
        scope.issues().add(ModelIssue.CONFLICTING_KEYS, field.name().position(), "a field has either a column or a value");
      }
      def.column().flatMap(queries::item).ifPresent(column -> fields.put(field.name().value(), new Sync.Field.FromColumn(column)));
      def.value().ifPresent(value -> fields.put(field.name().value(), new Sync.Field.Constant(value.value())));
    }
    return fields;
  }

  private Optional<Sync.Trigger> trigger(TriggerDef def, Position at) {
    if (def.on().isPresent() == def.crosses().isPresent()) {
      scope.issues().add(ModelIssue.CONFLICTING_KEYS, at, "a trigger has either 'on' (enter, leave) or 'crosses'");
      return Optional.empty();
    }
    if (def.on().isPresent()) {
      return Optional.of(switch (def.on().get().value()) {
        case ENTER -> new Sync.Trigger.Enter();
        case LEAVE -> new Sync.Trigger.Leave();
      });
    }
    Position place = def.crosses().map(Located::position).orElse(at);
    if (def.above().isPresent() == def.below().isPresent()) {
      scope.issues().add(ModelIssue.MISSING_KEY, place, "'crosses' needs exactly one of 'above' and 'below'");
      return Optional.empty();
    }
    Located<String> threshold = def.above().or(def::below).orElseThrow();
    return def.crosses()
        .flatMap(queries::item)
        .flatMap(column -> number(threshold).map(value -> new Sync.Trigger.Crosses(column, value, def.above().isPresent())));
  }

  private Optional<BigDecimal> number(Located<String> written) {
    try {
      return Optional.of(new BigDecimal(written.value().strip()));
    } catch (NumberFormatException e) {
      scope.issues().add(ModelIssue.INVALID_VALUE, written.position(), "a threshold is a number; found '" + written.value() + "'");
      return Optional.empty();
    }
  }

  static Sync.Schedule schedule(Optional<ScheduleDef> def) {
    return new Sync.Schedule(def.flatMap(ScheduleDef::after).map(Located::value), def.flatMap(ScheduleDef::cron).map(Located::value),
        def.flatMap(ScheduleDef::every).map(Located::value));
  }

  private Sync.Guard guard(Optional<GuardDef> def) {
    List<String> required = def.map(guard -> guard.required().stream().map(Located::value).toList()).orElse(List.of());
    return new Sync.Guard(def.flatMap(GuardDef::maxRemoved).flatMap(this::share), required);
  }

  private Optional<Double> share(Located<String> written) {
    String text = written.value().strip();
    boolean percent = text.endsWith("%");
    try {
      double value = Double.parseDouble(percent ? text.substring(0, text.length() - 1).strip() : text) / (percent ? 100 : 1);
      if (value > 0 && value <= 1) {
        return Optional.of(value);
      }
    } catch (NumberFormatException e) {
      // the message below covers text as well as numbers out of range
    }
    Position at = written.position();
    scope.issues().add(ModelIssue.INVALID_VALUE, at, "a share is more than 0 and at most 1, or 100%; found '" + text + "'");
    return Optional.empty();
  }
}
