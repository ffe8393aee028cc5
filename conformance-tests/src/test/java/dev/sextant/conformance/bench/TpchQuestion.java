// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.bench;

import dev.sextant.conformance.door.ProjectFolders;
import dev.sextant.conformance.script.QueryText;
import dev.sextant.conformance.script.Script;
import dev.sextant.conformance.script.ScriptParser;
import dev.sextant.query.MetricQuery;
import dev.sextant.query.MetricQuery.CacheUse;
import dev.sextant.query.MetricQuery.Options;
import dev.sextant.query.MetricQuery.RollupUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One of the thirty questions: what it is about, as it is asked, and the SQL a person would write for it. */
record TpchQuestion(String title, MetricQuery query, String byHand) {

  /** Reads the questions, of which {@code -Dquestions=14,15} leaves some; the comment before each is its title. */
  static List<TpchQuestion> all() throws IOException {
    Path file = ProjectFolders.find("tpch").resolve("questions/thirty.sx");
    List<TpchQuestion> questions = new ArrayList<>();
    String title = "";
    for (Script.Part part : ScriptParser.parse("thirty.sx", Files.readString(file)).parts()) {
      switch (part) {
        case Script.Use use -> {}
        case Script.Prose prose -> title = prose.lines()
            .stream()
            .filter(line -> line.startsWith("#"))
            .reduce(title, (before, line) -> line.substring(1).strip());
        case Script.Ask ask -> questions.add(new TpchQuestion(title, QueryText.parse(String.join("\n", ask.text())),
            String.join("\n", ask.directives().getFirst().body())));
      }
    }
    List<String> wanted = List.of(System.getProperty("questions", "").split(",", -1));
    return questions.stream().filter(question -> wanted.getFirst().isEmpty() || wanted.contains(question.number())).toList();
  }

  String number() {
    return title.split("\\.", 2)[0];
  }

  /** The question to the tables themselves. */
  MetricQuery fresh() {
    return asked(CacheUse.OFF, RollupUse.OFF);
  }

  MetricQuery asked(CacheUse cache, RollupUse rollups) {
    return new MetricQuery(query.metrics(), query.groupBy(), query.where(), query.having(), query.orderBy(), query.limit(), query.offset(),
        query.timeRange(), query.timeZone(), query.savedQuery(), query.mode(), query.extras(),
        new Options(Optional.empty(), cache, rollups));
  }
}
