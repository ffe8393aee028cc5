// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.property;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Question;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.postgres.PostgresProjects;
import dev.sextant.conformance.sql.SqlProject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Shapes that tools and analysts write, from {@code bi-shapes.sql}: on both warehouses they are answered as SQL over flat rows is. */
class BiShapesTest {
  private static final double TOLERANCE = 1e-9;

  private static PostgresProjects copies;
  private static SqlProject duckdb;
  private static SqlProject postgres;

  /** A statement and the same asked of the flat rows. */
  record Shape(String sql, String flat) {
    boolean isOrdered() {
      String outside = flat;
      for (String before = ""; !before.equals(outside);) {
        before = outside;
        outside = outside.replaceAll("\\([^()]*\\)", "");
      }
      return outside.contains("order by");
    }
  }

  @BeforeAll
  static void open() throws Exception {
    copies = new PostgresProjects();
    duckdb = SqlProject.shop();
    postgres = SqlProject.in(copies.copy(ProjectFolders.find("shop")));
  }

  @AfterAll
  static void close() throws Exception {
    duckdb.close();
    postgres.close();
    copies.close();
  }

  static Stream<Named<Shape>> shapes() throws Exception {
    try (InputStream file = Objects.requireNonNull(BiShapesTest.class.getResourceAsStream("/bi-shapes.sql"))) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n\n")).map(BiShapesTest::shape);
    }
  }

  private static Named<Shape> shape(String text) {
    List<String> lines = text.strip().lines().toList();
    return Named.of(lines.getFirst().substring("-- ".length()), new Shape(lines.get(1), lines.get(3)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isAnsweredAsFlatRowsAre(Shape shape) {
    for (SqlProject project : List.of(duckdb, postgres)) {
      Answer answer = project.door().ask(new Question.Sql(shape.sql()));
      assertThat(answer).as(shape.sql()).isInstanceOf(Answer.Rows.class);
      Optional<String> difference = new TableDifference(TOLERANCE, shape.isOrdered())
          .between(duckdb.warehouse(over(shape.flat())), ((Answer.Rows) answer).table());
      assertThat(difference).as(shape.sql()).isEmpty();
    }
  }

  private static String over(String flat) {
    return flat.startsWith("with ") ? FlatOrders.WITH.stripTrailing() + ", " + flat.substring("with ".length()) : FlatOrders.WITH + flat;
  }
}
