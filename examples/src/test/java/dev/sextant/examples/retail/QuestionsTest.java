// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.retail;

import dev.sextant.examples.DataFolder;
import dev.sextant.examples.WrittenQuestion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The hand-written answers to the questions run on the generated data; whether the engine agrees is for the conformance tests to say. */
class QuestionsTest {
  private static DataFolder shop;

  @BeforeAll
  static void generate(@TempDir Path folder) throws Exception {
    RetailData.write(folder, RetailData.DEFAULT_SEED, 1);
    shop = DataFolder.in(folder);
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void every_question_has_a_hand_written_answer_with_rows(WrittenQuestion question) throws Exception {
    assertThat(shop.number("select count(*) from (" + question.oracle() + ")")).isPositive();
  }

  static List<WrittenQuestion> questions() throws Exception {
    return WrittenQuestion.in(Path.of("retail/questions"));
  }
}
