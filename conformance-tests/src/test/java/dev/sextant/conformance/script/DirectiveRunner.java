// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.Question;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.compare.TableDifference;
import dev.sextant.conformance.compare.TableText;
import dev.sextant.conformance.door.OpenProject;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.query.Explanation;
import java.util.List;

/** Runs the directives of one question: checks what is an oracle, reproduces the rest. */
final class DirectiveRunner {
  private static final double TOLERANCE = 1e-9;

  private final Script.Ask ask;
  private final Question question;
  private final OpenProject project;
  private final List<Failure> failures;

  DirectiveRunner(Script.Ask ask, Question question, OpenProject project, List<Failure> failures) {
    this.ask = ask;
    this.question = question;
    this.project = project;
    this.failures = failures;
  }

  Script.Directive run(Script.Directive directive, Answer answer) {
    return switch (directive.kind()) {
      case ROWS -> withTable(directive, answer, this::rows);
      case COLUMNS -> withTable(directive, answer, DirectiveRunner::columns);
      case CHECK -> withTable(directive, answer, table -> check(directive, table));
      case ERROR -> error(directive, answer);
      case EXPLAIN -> directive.withBody(explanation(directive, directive.argument()));
      case ROLLUP -> directive.withBody(explanation(directive, "rollups").stream().map(DirectiveRunner::inset).toList());
      case SQL -> directive.withBody(explanation(directive, "sql"));
    };
  }

  /** A verdict may begin like a part of a script. */
  private static String inset(String line) {
    return "  " + line;
  }

  private Script.Directive withTable(Script.Directive directive, Answer answer, java.util.function.Function<Table, List<String>> body) {
    return switch (answer) {
      case Answer.Rows rows -> directive.withBody(body.apply(rows.table()));
      case Answer.Refusal refusal -> {
        failures.add(new Failure(directive.line(), "expected rows, got " + ErrorText.of(refusal, ask)));
        yield directive;
      }
    };
  }

  private List<String> rows(Table table) {
    return ScriptRunner.isOrdered(question) ? TableText.ordered(table) : TableText.sorted(table);
  }

  private static List<String> columns(Table table) {
    return table.columns().stream().map(column -> column.name() + " " + column.type()).toList();
  }

  private List<String> check(Script.Directive directive, Table table) {
    try {
      new TableDifference(TOLERANCE, ScriptRunner.isOrdered(question)).between(project.run(String.join("\n", directive.body())), table)
          .ifPresent(difference -> failures.add(new Failure(directive.line(), "the oracle disagrees: " + difference)));
    } catch (SextantException e) {
      failures.add(new Failure(directive.line(), "the oracle does not run: " + e.getMessage()));
    }
    return directive.body();
  }

  private Script.Directive error(Script.Directive directive, Answer answer) {
    return switch (answer) {
      case Answer.Refusal refusal -> directive.withBody(ErrorText.of(refusal, ask).lines().toList());
      case Answer.Rows rows -> {
        failures.add(new Failure(directive.line(), "expected an error, got " + rows.table().rows().size() + " rows"));
        yield directive;
      }
    };
  }

  /** The stage of the explanation that {@code stage} names, all of them for an empty name. */
  private List<String> explanation(Script.Directive directive, String stage) {
    if (!(question instanceof Question.Metrics metrics)) {
      failures.add(new Failure(directive.line(), "only metric queries are explained"));
      return directive.body();
    }
    Explanation explanation = project.engine().explain(metrics.query(), Caller.ANONYMOUS);
    String text = stage.isEmpty()
        ? explanation.toString()
        : explanation.stages()
            .stream()
            .filter(each -> each.name().equalsIgnoreCase(stage))
            .map(Explanation.Stage::text)
            .findFirst()
            .orElse("");
    return text.lines().filter(line -> !line.isBlank()).toList();
  }
}
