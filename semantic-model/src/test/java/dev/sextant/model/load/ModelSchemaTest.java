// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

class ModelSchemaTest {

  private static Object at(Object node, String... path) {
    Object found = node;
    for (String key : path) {
      found = Objects.requireNonNull(((Map<?, ?>) found).get(key), key);
    }
    return found;
  }

  private static Object schema(String text) {
    return Objects.requireNonNull(new Yaml().load(text));
  }

  @Test
  void everyReferenceIsDefined() {
    for (String text : List.of(ModelSchema.definitions(), ModelSchema.project())) {
      Matcher references = Pattern.compile("#/\\$defs/(\\w+)").matcher(text);
      while (references.find()) {
        assertThat(at(schema(text), "$defs", references.group(1))).isInstanceOf(Map.class);
      }
    }
  }

  @Test
  void metricsAreDescribed() {
    Object metric = at(schema(ModelSchema.definitions()), "$defs", "MetricDef");
    assertThat(at(metric, "required")).isEqualTo(List.of("name"));
    assertThat(at(metric, "additionalProperties")).isEqualTo(false);
    assertThat(at(metric, "properties", "type", "anyOf").toString()).startsWith("[{enum=[simple, ratio, derived, cumulative, conversion]}");
    assertThat(at(metric, "properties", "owner", "description")).isEqualTo("Who answers for it.");
    assertThat(at(metric, "properties", "input_metrics", "type")).isEqualTo("array");
  }
}
