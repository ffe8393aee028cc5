// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.ActivitySource.Wish;
import dev.sextant.activation.Destination;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.alert.AlertRule;
import dev.sextant.activation.export.ExportActivities;
import dev.sextant.activation.lineage.LineageEvents;
import dev.sextant.activation.run.Intervals;
import dev.sextant.activation.run.Runner;
import dev.sextant.activation.sync.SyncChecks;
import dev.sextant.model.Definitions;
import dev.sextant.model.FeatureView;
import dev.sextant.model.Issue;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.Project;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.Sync;
import dev.sextant.model.TrainingSet;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what is wrong with what a project wants to have run, without running it and without asking anybody. */
public final class ActivationChecks {
  private ActivationChecks() {}

  public static List<Issue> issues(SemanticModel model, InstantSource clock) {
    List<Issue> issues = new ArrayList<>(SyncChecks.issues(model, clock));
    model.definitions().syncs().forEach(sync -> schedule(new Wish("sync '" + sync.name() + "'", sync.schedule()), sync.position(), issues));
    model.definitions()
        .savedQueries()
        .forEach(query -> query.exports()
            .forEach(export -> schedule(new Wish("export '" + export.name() + "'", export.schedule()), query.position(), issues)));
    model.definitions()
        .featureViews()
        .forEach(view -> view.online()
            .flatMap(FeatureView.Online::schedule)
            .ifPresent(cron -> schedule(
                new Wish("feature view '" + view.name() + "'", new Sync.Schedule(Optional.empty(), Optional.of(cron), Optional.empty())),
                view.position(), issues)));
    alerts(model, clock, issues);
    patience(model.project(), issues);
    lineage(model.project(), clock, issues);
    return issues;
  }

  private static void schedule(Wish wish, Position at, List<Issue> issues) {
    Sync.Schedule schedule = wish.schedule();
    try {
      var unused = Instants.of(schedule, ZoneOffset.UTC);
    } catch (IllegalArgumentException malformed) {
      issues.add(Issue.of(ModelIssue.INVALID_VALUE, at, wish.name() + " has the schedule '" + schedule.cron().or(schedule::every).orElse("")
          + "', which cannot be read: cron expressions have five fields, such as 0 6 * * *, or six with seconds in front; intervals are a"
          + " number and a unit, such as 1h."));
    }
  }

  private static void lineage(Project project, InstantSource clock, List<Issue> issues) {
    try {
      LineageEvents.of(project, clock).ifPresent(LineageEvents::close);
    } catch (SextantException wrong) {
      issues.addAll(wrong.issues());
    }
  }

  private static void alerts(SemanticModel model, InstantSource clock, List<Issue> issues) {
    Project project = model.project();
    List<String> targets = targets(model);
    for (String name : AlertRule.names(project.settings())) {
      try {
        AlertRule rule = AlertRule.rule(name, project.settings());
        rule.targets()
            .stream()
            .filter(target -> !targets.contains(target))
            .forEach(target -> issues.add(unknown(rule, target, targets)));
        try (Destination destination = Listening.destination(rule, project, clock)) {
          var unused = destination.batchSize();
        }
      } catch (SextantException wrong) {
        issues.addAll(wrong.issues());
      }
    }
  }

  private static Issue unknown(AlertRule rule, String target, List<String> targets) {
    return Issue.of(ActivationIssue.DESTINATION_CONFIG, Position.NOWHERE, "Alert '" + rule.name() + "' in sextant.yml is for '" + target
        + "', which nothing defines." + NearestNames.question(NearestNames.to(target, targets))
        + " Targets are written as sync crm.");
  }

  /** Everything that can be run, as alerts name it. */
  private static List<String> targets(SemanticModel model) {
    Definitions all = model.definitions();
    List<Run.Target> targets = new ArrayList<>();
    all.syncs().forEach(sync -> targets.add(new Run.Target(RunKind.SYNC, sync.name())));
    all.rollups().forEach(rollup -> targets.add(new Run.Target(RunKind.ROLLUP, rollup.name())));
    all.featureViews().forEach(view -> targets.add(new Run.Target(RunKind.FEATURE_VIEW, view.name())));
    ExportActivities.names(model).forEach(name -> targets.add(new Run.Target(RunKind.EXPORT, name)));
    for (TrainingSet set : all.trainingSets()) {
      targets.add(new Run.Target(RunKind.TRAINING_SET, set.name()));
      targets.add(new Run.Target(RunKind.DRIFT, set.name()));
    }
    return targets.stream().map(Run.Target::toString).toList();
  }

  private static void patience(Project project, List<Issue> issues) {
    String written = project.settings().get("runs.patience");
    try {
      if (written != null && Intervals.read(written).compareTo(Runner.SHORTEST_PATIENCE) < 0) {
        throw new IllegalArgumentException(written);
      }
    } catch (IllegalArgumentException malformed) {
      issues.add(Issue.of(ActivationIssue.RUN_STORE, Position.NOWHERE, "runs.patience in sextant.yml is a length of time of at least "
          + Runner.SHORTEST_PATIENCE.toSeconds() + "s, such as 30s; found '" + written + "'."));
    }
  }
}
