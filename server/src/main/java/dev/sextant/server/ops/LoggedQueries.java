// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sextant.model.SextantException;
import dev.sextant.query.LoggedQuery;
import dev.sextant.query.MetricQuery;
import dev.sextant.server.ask.JsonToQueryRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a {@link QuestionLog} has written, equal questions as one. */
public final class LoggedQueries {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<MetricQuery, LoggedQuery> questions = new LinkedHashMap<>();

  private LoggedQueries() {}

  /** The questions of a log and its predecessors; lines that are not whole, such as one being written, are passed over. */
  public static List<LoggedQuery> read(Path file) throws IOException {
    LoggedQueries all = new LoggedQueries();
    for (int i = 1; Files.exists(Path.of(QuestionLog.predecessor(file, String.valueOf(i)))); i++) {
      all.add(Path.of(QuestionLog.predecessor(file, String.valueOf(i))));
    }
    all.add(file);
    return List.copyOf(all.questions.values());
  }

  private void add(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      lines.flatMap(line -> read(line).stream())
          .forEach(one -> questions.merge(one.query(), one,
              (a, b) -> new LoggedQuery(a.query(), a.times() + b.times(), a.took().plus(b.took()))));
    }
  }

  private static Optional<LoggedQuery> read(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      MetricQuery query = JsonToQueryRequest.read(node.path("query").toString()).query();
      return Optional.of(new LoggedQuery(query.withOptions(MetricQuery.Options.DEFAULT), 1,
          Duration.ofNanos(Math.round(node.path("ms").asDouble() * 1_000_000))));
    } catch (JsonProcessingException | SextantException broken) {
      return Optional.empty();
    }
  }
}
