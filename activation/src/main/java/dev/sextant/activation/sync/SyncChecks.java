// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.Destination;
import dev.sextant.activation.sync.destination.Destinations;
import dev.sextant.model.DestinationConfig;
import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import dev.sextant.model.Sync;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Finds what is wrong with where the syncs of a model go, without asking anybody there. */
public final class SyncChecks {
  private SyncChecks() {}

  public static List<Issue> issues(SemanticModel model, InstantSource clock) {
    List<Issue> wrong = new ArrayList<>();
    Path folder = model.project().folder();
    for (Sync sync : model.definitions().syncs()) {
      DestinationConfig config = model.project()
          .destinations()
          .stream()
          .filter(each -> each.name().equals(sync.destination()))
          .findFirst()
          .orElseThrow();
      try (Destination destination = Destinations.open(config, sync, folder, clock)) {
        Operations.of(sync).refuseUnknown(sync, destination);
      } catch (SextantException problem) {
        Position at = problem.issue().message().contains("'" + sync.name() + "'") ? sync.position() : config.position();
        problem.issues().forEach(issue -> wrong.add(Issue.of(issue.code(), at, issue.message())));
      }
    }
    return wrong.stream().distinct().toList();
  }
}
