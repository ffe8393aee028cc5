// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sextant.conformance.DoorUnderTest;
import dev.sextant.conformance.Question;
import dev.sextant.conformance.door.HttpClientDoor;
import dev.sextant.conformance.door.OpenProject;
import dev.sextant.conformance.door.OpenProjects;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks a suite's cases through a door and compares the answers. */
final class SuiteRunner {
  private final Suites suites;
  private final OpenProjects projects;

  SuiteRunner(Suites suites, OpenProjects projects) {
    this.suites = suites;
    this.projects = projects;
  }

  SuiteReport run(String file, String door) {
    long start = System.nanoTime();
    List<SuiteReport.Line> lines = suites.cases(file).stream().map(one -> run(one, door, file)).toList();
    return new SuiteReport(file, door, lines, (System.nanoTime() - start) / 1e9);
  }

  private SuiteReport.Line run(SuiteCase one, String door, String file) {
    OpenProject project = projects.in(folder(one, file));
    String kind = one.request()
        .map(request -> MetricKind.of(JsonToMetricQuery.read(request), project.model()).label())
        .orElseGet(() -> one.line().path("tool").asText("sql").split(",")[0]);
    try {
      return new SuiteReport.Line(one.id(), kind, CaseComparison.difference(one, ask(one, project, door)));
    } catch (RuntimeException e) {
      return new SuiteReport.Line(one.id(), kind, Optional.of(e.toString()));
    }
  }

  private Path folder(SuiteCase one, String file) {
    Path suite = suites.folder().resolve(file).resolveSibling("");
    return one.project().isEmpty() ? suite.resolve("project") : suite.resolve("projects").resolve(one.project());
  }

  private static Reply ask(SuiteCase one, OpenProject project, String name) {
    DoorUnderTest door = project.doors().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return door instanceof HttpClientDoor http ? post(one, http) : Reply.of(door.ask(question(one)));
  }

  private static Reply post(SuiteCase one, HttpClientDoor http) {
    JsonNode body = one.request().orElseGet(() -> JsonNodeFactory.instance.objectNode().put("sql", one.sql()));
    HttpClientDoor.Reply reply = http.post(one.request().isPresent() ? "/v1/query" : "/v1/sql", body);
    return new Reply(reply.status(), reply.body());
  }

  private static Question question(SuiteCase one) {
    return one.request()
        .<Question>map(request -> new Question.Metrics(JsonToMetricQuery.read(request)))
        .orElseGet(() -> new Question.Sql(one.sql()));
  }
}
