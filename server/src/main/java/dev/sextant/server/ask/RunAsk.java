// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.activation.Scope;
import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The body of {@code POST /v1/runs}: what to run, how much of it, whether to wait for its end, and whether only to show what it would do. */
public record RunAsk(Run.Target target, Scope scope, boolean waits, boolean dry) {

  /** The keys of a request. */
  public static final List<String> KEYS = List.of("kind", "name", "rows", "all", "wait", "dry_run");

  /** Reads a request, or throws its issues. */
  public static RunAsk read(String text) {
    List<Issue> issues = new ArrayList<>();
    Fields fields = RequestFields.read(text, KEYS, "{\"kind\": \"sync\", \"name\": ..}", issues);
    String kinds = String.join(", ", Arrays.stream(RunKind.values()).map(RunKind::label).toList());
    Optional<String> written = fields.text("kind");
    Optional<RunKind> kind = written.flatMap(RunKind::named);
    if (kind.isEmpty()) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, fields.at(),
          written.map(label -> "There is no kind '" + label + "'; kinds are ").orElse("'kind' is missing; it is one of ") + kinds + "."));
    }
    Optional<String> name = fields.text("name");
    if (name.isEmpty()) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, fields.at(), "'name' is missing."));
    }
    boolean waits = fields.flag("wait", false);
    boolean dry = fields.flag("dry_run", false);
    boolean all = fields.flag("all", false);
    List<String> rows = fields.texts("rows");
    if (all && !rows.isEmpty()) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, fields.at(), "'all' and 'rows' do not go together."));
    }
    if (!issues.isEmpty()) {
      throw new SextantException(issues);
    }
    return new RunAsk(new Run.Target(kind.orElseThrow(), name.orElseThrow()),
        all ? Scope.ALL : rows.isEmpty() ? Scope.CHANGES : new Scope.Rows(rows), waits, dry);
  }
}
