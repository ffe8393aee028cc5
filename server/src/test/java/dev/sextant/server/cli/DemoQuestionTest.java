// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class DemoQuestionTest {

  static java.util.List<DemoQuestion> questions() {
    return DemoQuestion.ALL;
  }

  @ParameterizedTest
  @MethodSource("questions")
  void whatIsShownCanBeTyped(DemoQuestion question) {
    QueryOptions options = new QueryOptions();
    new CommandLine(options).parseArgs(question.options().toArray(new String[0]));
    assertThat(options.query().metrics()).isNotEmpty();
    assertThat(question.written().replace("\"", "")).isEqualTo(String.join(" ", question.options()));
  }
}
