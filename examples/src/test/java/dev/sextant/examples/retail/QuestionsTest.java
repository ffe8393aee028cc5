// SPDX-License-Identifier: Apache-2.0
package dev.sextant.examples.retail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The hand-written answers to the questions run on the generated data; whether the engine agrees is for the conformance tests to say. */
class QuestionsTest {
  private static Shop shop;

  @BeforeAll
  static void generate(@TempDir Path folder) throws Exception {
    RetailData.write(folder, RetailData.DEFAULT_SEED, 1);
    shop = Shop.in(folder);
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void every_question_has_a_hand_written_answer_with_rows(Question question) throws Exception {
    assertThat(shop.number("select count(*) from (" + question.oracle() + ")")).isPositive();
  }

  static Stream<Question> questions() throws Exception {
    try (Stream<Path> scripts = Files.list(Path.of("retail/questions"))) {
      return scripts.sorted().flatMap(QuestionsTest::questions).toList().stream();
    }
  }

  private static Stream<Question> questions(Path script) {
    try {
      return Stream.of(Files.readString(script).split("\n\n"))
          .map(QuestionsTest::lines)
          .filter(lines -> !lines.isEmpty())
          .filter(lines -> lines.getFirst().startsWith("query "))
          .map(lines -> new Question(lines.getFirst(), oracle(script, lines)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> lines(String paragraph) {
    return paragraph.lines().filter(line -> !line.startsWith("#") && !line.startsWith("use ")).toList();
  }

  private static String oracle(Path script, List<String> lines) {
    assertThat(lines.size()).as("%s: %s", script, lines).isGreaterThan(2);
    assertThat(lines.get(1)).as("%s: %s", script, lines).isEqualTo("!check");
    return String.join("\n", lines.subList(2, lines.size()));
  }

  private record Question(String text, String oracle) {
    @Override
    public String toString() {
      return text;
    }
  }
}
