// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Destination;
import dev.sextant.activation.RunListener;
import dev.sextant.activation.alert.AlertRule;
import dev.sextant.activation.alert.Alerts;
import dev.sextant.activation.lineage.LineageEvents;
import dev.sextant.activation.sync.destination.Destinations;
import dev.sextant.model.DestinationConfig;
import dev.sextant.model.Documentation;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.Project;
import dev.sextant.model.SavedQuery;
import dev.sextant.model.Sync;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Who hears of runs: alerts, lineage, and whoever else was named. */
record Listening(List<RunListener> all, List<AutoCloseable> own) implements AutoCloseable {

  static Listening of(Project project, List<RunListener> others, InstantSource clock) {
    Alerts alerts = new Alerts(AlertRule.of(project.settings()), rule -> destination(rule, project, clock));
    Optional<LineageEvents> lineage = LineageEvents.of(project, clock);
    List<RunListener> all = new ArrayList<>(others);
    all.add(alerts);
    lineage.ifPresent(all::add);
    List<AutoCloseable> own = new ArrayList<>(List.of(alerts));
    lineage.ifPresent(own::add);
    return new Listening(List.copyOf(all), List.copyOf(own));
  }

  /** An alert's way is that of a sync with the alert's fields. */
  static Destination destination(AlertRule rule, Project project, InstantSource clock) {
    List<DestinationConfig> all = project.destinations();
    DestinationConfig config = all.stream()
        .filter(each -> each.name().equals(rule.destination()))
        .findFirst()
        .orElseThrow(() -> ActivationIssue.DESTINATION_CONFIG.because("Alert '" + rule.name() + "' names the destination '"
            + rule.destination() + "', which is not defined in sextant.yml." + NearestNames.question(NearestNames.to(rule.destination(),
                all.stream().map(DestinationConfig::name).toList()))));
    return Destinations.open(config, sync(rule), project.folder(), clock);
  }

  private static Sync sync(AlertRule rule) {
    Map<String, Sync.Field> map = new LinkedHashMap<>();
    Alerts.FIELDS.forEach(field -> map.put(field, new Sync.Field.FromColumn(field)));
    SavedQuery none = new SavedQuery("alerts", List.of(), List.of(), List.of(), List.of(), OptionalLong.empty(), List.of(),
        Documentation.NONE,
        Position.NOWHERE);
    return new Sync("alerts", none, List.of("id"), rule.destination(), rule.object(), Optional.empty(), map, Sync.Mode.APPEND,
        Sync.OnLeave.NOTHING, new Sync.Schedule(Optional.empty(), Optional.empty(), Optional.empty()),
        new Sync.Guard(Optional.empty(), List.of()), Optional.empty(), Documentation.NONE, Position.NOWHERE);
  }

  @Override
  public void close() {
    for (AutoCloseable each : own) {
      try {
        each.close();
      } catch (Exception failure) {
        throw new IllegalStateException(failure);
      }
    }
  }
}
