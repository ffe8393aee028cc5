// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Question;
import dev.sextant.conformance.sql.SqlProject;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every shape that tools send is answered. */
class SqlShapesTest {

  @Test
  void everyShapeIsAnswered() {
    try (SqlProject shop = SqlProject.shop()) {
      List<String> refused = SqlShapes.ALL.stream()
          .filter(sql -> !(shop.door().ask(new Question.Sql(sql)) instanceof Answer.Rows))
          .map(sql -> sql + ": " + shop.door().ask(new Question.Sql(sql)))
          .toList();
      assertThat(refused).isEmpty();
    }
  }
}
