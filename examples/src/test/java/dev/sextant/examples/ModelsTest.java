// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples;

import dev.sextant.model.Issue;
import dev.sextant.model.Metric;
import dev.sextant.model.ModelResult;
import dev.sextant.model.load.ModelLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The projects are valid, without a warning, and well documented. */
class ModelsTest {

  @ParameterizedTest
  @ValueSource(strings = {"retail", "foodmart", "tpch"})
  void a_project_is_valid_without_a_warning(String project) {
    assertThat(issues(ModelLoader.load(Path.of(project), Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"retail", "foodmart", "tpch"})
  void every_metric_has_a_label_and_a_sentence_that_explains_it(String project) {
    for (Metric metric : metrics(project)) {
      assertThat(metric.header().documentation().label()).as(metric.name()).isPresent();
      assertThat(metric.header().documentation().description()).as(metric.name()).endsWith(".");
    }
  }

  @Test
  void the_web_shop_shows_every_kind_of_metric() {
    assertThat(metrics("retail").stream().map(metric -> metric.getClass().getSimpleName()).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("Simple", "Ratio", "Derived", "Cumulative", "Conversion");
  }

  private static List<Metric> metrics(String project) {
    return switch (ModelLoader.load(Path.of(project), Map.of())) {
      case ModelResult.Valid valid -> valid.model().definitions().metrics();
      case ModelResult.Invalid invalid -> throw new AssertionError(issues(invalid));
    };
  }

  private static List<String> issues(ModelResult result) {
    List<Issue> issues = switch (result) {
      case ModelResult.Valid valid -> valid.warnings();
      case ModelResult.Invalid invalid -> invalid.issues();
    };
    return issues.stream().map(issue -> issue.position() + ": " + issue.message()).toList();
  }
}
