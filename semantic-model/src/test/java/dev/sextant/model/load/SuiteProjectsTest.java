// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.ModelResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SuiteProjectsTest {

  @Test
  void allProjectsOfTheSuitesAreValid() {
    for (Path project : Suites.projects()) {
      ModelResult result = ModelLoader.load(project, Map.of());
      assertThat(result).as(project.toString()).isInstanceOf(ModelResult.Valid.class);
    }
  }
}
