// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.schedule;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.ActivitySource;
import dev.sextant.activation.Run;
import dev.sextant.model.NearestNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that can be run, of all kinds. */
final class Activities {
  private final List<ActivitySource> sources;

  Activities(List<ActivitySource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Something that can be run, and when. */
  record Wanted(Run.Target target, ActivitySource.Wish wish) {}

  List<Wanted> wishes() {
    return sources.stream()
        .flatMap(source -> source.wishes().stream().map(wish -> new Wanted(new Run.Target(source.kind(), wish.name()), wish)))
        .toList();
  }

  Optional<Activity> find(Run.Target target) {
    return of(target).flatMap(source -> source.find(target.name()).stream()).findFirst();
  }

  /** Finds an activity, or tells which names there are. */
  Activity named(Run.Target target) {
    return find(target).orElseThrow(() -> {
      List<String> names = of(target).flatMap(source -> source.wishes().stream()).map(ActivitySource.Wish::name).toList();
      return ActivationIssue.UNKNOWN_ACTIVATION.because(target.kind().label() + " '" + target.name() + "' is not defined."
          + NearestNames.question(NearestNames.to(target.name(), names)));
    });
  }

  private Stream<ActivitySource> of(Run.Target target) {
    return sources.stream().filter(source -> source.kind() == target.kind());
  }

  List<String> erase(ActivitySource.Erasure erasure) {
    return sources.stream().flatMap(source -> source.erase(erasure).stream()).toList();
  }
}
