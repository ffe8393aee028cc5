// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import dev.sextant.server.testing.SmallProject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is too much is refused at once, and says why. */
class HostileQueriesTest {
  private static final Duration AT_ONCE = Duration.ofSeconds(5); // machines that build are slow; these take milliseconds

  @TempDir private static Path folder;
  private static GraphqlClient client;

  @BeforeAll
  static void start() throws IOException {
    client = new GraphqlClient(SmallProject.write(folder));
    var unused = client.data("{ sales { orders } }");
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private static void isRefused(String query, String code) {
    long started = System.nanoTime();
    HttpResponse<String> answer = client.exchange(query, Map.of());
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(AT_ONCE);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(GraphqlClient.tree(answer.body()).at("/errors/0/extensions/code").asText()).as(answer.body()).isEqualTo(code);
  }

  @Test
  void deepNesting() {
    isRefused("{ lineage(metric: \"revenue\") " + "{ inputs ".repeat(40) + "{ metric }" + "}".repeat(40) + " }", "GRAPHQL_TOO_DEEP");
    isRefused("{ sales(where: " + "{not: ".repeat(50_000) + "{}" + "}".repeat(50_000) + ") { orders } }", "GRAPHQL_SYNTAX");
    isRefused("{ __schema { types " + "{ fields { type ".repeat(20) + "{ name }" + "} }".repeat(20) + " } }", "GRAPHQL_TOO_DEEP");
  }

  @Test
  void manyAliasesAndManyQuestions() {
    isRefused("{" + each(101, i -> " a" + i + ": __typename") + " }", "GRAPHQL_TOO_MANY_ALIASES");
    isRefused("{ sales {" + each(101, i -> " a" + i + ": revenue") + " } }", "GRAPHQL_TOO_MANY_ALIASES");
    isRefused("{" + each(51, i -> " a" + i + ": sales { orders }") + " }", "GRAPHQL_TOO_MANY_QUERIES");
  }

  @Test
  void fragmentsThatSpreadEachOtherManyTimes() {
    String bomb = "{ sales { ...f0 } }" + each(30, i -> " fragment f" + i + " on Sales { ...f" + (i + 1) + " ...f" + (i + 1) + " }")
        + " fragment f30 on Sales { orders revenue }";
    isRefused(bomb, "GRAPHQL_TOO_COMPLEX");
    isRefused("{ sales { ...a } } fragment a on Sales { ...b } fragment b on Sales { ...a }", "GRAPHQL_VALIDATION");
  }

  @Test
  void muchTextAndMuchOfTheSame() {
    isRefused("{" + " sales { orders }".repeat(60) + " }", "GRAPHQL_TOO_MANY_QUERIES");
    isRefused("{ sales {" + " orders".repeat(10_000) + " } }", "GRAPHQL_TOO_COMPLEX");
    isRefused("{ sales {" + " orders".repeat(100_000) + " } }", "GRAPHQL_SYNTAX");
    isRefused("{ sales { orders " + "@include(if: true) ".repeat(2_000) + "} }", "GRAPHQL_VALIDATION");
    isRefused("{ sales { orders }", "GRAPHQL_SYNTAX");
    isRefused("", "GRAPHQL_SYNTAX");
    isRefused("\u0000\u0001{", "GRAPHQL_SYNTAX");
  }

  @Test
  void manyConditionsAreStillAnswered() {
    String countries = IntStream.range(0, 2_000).mapToObj(i -> "\"C" + i + "\"").collect(Collectors.joining(", "));
    assertThat(
        client.data("{ sales(where: {order__country: {in: [" + countries + ", \"DE\"]}}) { orders } }").at("/sales/0/orders").asInt())
            .isEqualTo(3);
  }

  @Test
  void nestedValuesOfEveryDimensionStayWithinTheLimit() {
    String answer = client.exchange("{ metrics { dimensions { values } } dimensions { values } }", Map.of()).body();
    assertThat(answer).contains("DE").doesNotContain("INTERNAL");
  }

  private static String each(int count, java.util.function.IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining());
  }
}
