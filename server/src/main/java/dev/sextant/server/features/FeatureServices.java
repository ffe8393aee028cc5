// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import dev.sextant.activation.FeatureIssue;
import dev.sextant.activation.serving.FeatureServing.Wanted;
import dev.sextant.model.FeatureService;
import dev.sextant.model.NearestNames;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.TrainingSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Named lists of features: those the project defines, and training sets, as what a model was trained on is what it is to be served. */
final class FeatureServices {
  private FeatureServices() {}

  /** The views and features of a service; a training set is a service, too. */
  static List<Wanted> named(String name, SemanticModel model) {
    List<FeatureService> services = model.definitions().featureServices();
    List<TrainingSet> sets = model.definitions().trainingSets();
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .map(FeatureService::features)
        .or(() -> sets.stream()
            .filter(set -> set.name().equals(name))
            .findFirst()
            .map(set -> set.features().stream().flatMap(feature -> whole(feature, services)).toList()))
        .map(FeatureServices::grouped)
        .orElseThrow(() -> FeatureIssue.UNKNOWN_FEATURE_VIEW.because("feature service '" + name
            + "' is not defined; training sets are feature services, too." + NearestNames.question(NearestNames.to(name,
                Stream.concat(services.stream().map(FeatureService::name), sets.stream().map(TrainingSet::name)).toList()))));
  }

  /** What a training set names may be a service. */
  private static Stream<String> whole(String feature, List<FeatureService> services) {
    return services.stream()
        .filter(service -> service.name().equals(feature))
        .findFirst()
        .map(service -> service.features().stream())
        .orElseGet(() -> Stream.of(feature));
  }

  /** Views and single features as {@code view:feature}: each view once, in the order in which they are first named. */
  static List<Wanted> grouped(List<String> names) {
    Map<String, List<String>> features = new LinkedHashMap<>();
    List<String> whole = new ArrayList<>();
    for (String name : names) {
      Wanted one = Wanted.of(name);
      features.computeIfAbsent(one.view(), any -> new ArrayList<>()).addAll(one.features());
      if (one.features().isEmpty()) {
        whole.add(one.view());
      }
    }
    return features.entrySet()
        .stream()
        .map(view -> new Wanted(view.getKey(), whole.contains(view.getKey()) ? List.of() : view.getValue(), Optional.empty()))
        .toList();
  }
}
