// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.ModelResult;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LargeProjectTest {
  private static final int DATASETS = 1_000;

  /** Datasets in a ring, each with metrics and filters: what grows with the square of them takes minutes here, and not a second. */
  private static TestProject project() {
    TestProject project = TestProject.of("version: 2");
    for (int i = 0; i < DATASETS; i++) {
      int next = (i + 1) % DATASETS;
      project.file("models/d" + i + ".yml", """
          semantic_model:
            name: d%1$d
            table: t%1$d
            defaults: {agg_time_dimension: ds}
            entities: [{name: e%1$d, type: primary, expr: id}, {name: e%2$d, type: foreign, expr: next_id}]
            dimensions: [{name: ds, type: time, type_params: {time_granularity: day}}, {name: status, type: categorical}]
            measures: [{name: m%1$d, agg: sum, expr: price * quantity - discount}]
          metric:
            name: m%1$d
            type: simple
            type_params: {measure: m%1$d}
            filter: "{{ Dimension('e%1$d__status') }} = 'open' and e%2$d__status <> 'x'"
          """.formatted(i, next));
    }
    return project;
  }

  private static long cpuMillis() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
  }

  @Test
  void aThousandDatasetsAreReadInNoTime() {
    long start = cpuMillis();
    assertThat(project().load()).isInstanceOf(ModelResult.Valid.class);
    long spent = cpuMillis() - start;
    System.out.println(DATASETS + " datasets written and read in " + spent + " ms of processor time");
    assertThat(spent).isLessThan(10_000);
  }
}
