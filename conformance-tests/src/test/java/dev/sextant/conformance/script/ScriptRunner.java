// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.DoorUnderTest;
import dev.sextant.conformance.Question;
import dev.sextant.conformance.door.OpenProject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Asks a script's questions through every door and rewrites what came of them. */
public final class ScriptRunner {
  private final Function<String, OpenProject> projects;

  public ScriptRunner(Function<String, OpenProject> projects) {
    this.projects = projects;
  }

  public ScriptOutcome run(Script script) {
    List<QuestionOutcome> questions = new ArrayList<>();
    List<Script.Part> parts = new ArrayList<>();
    String project = "";
    for (Script.Part part : script.parts()) {
      switch (part) {
        case Script.Prose prose -> parts.add(prose);
        case Script.Use use -> {
          project = use.project();
          parts.add(use);
        }
        case Script.Ask ask -> {
          questions.add(run(ask, projects.apply(project)));
          parts.add(questions.getLast().reproduced());
        }
      }
    }
    return new ScriptOutcome(script, new Script(script.name(), parts), questions);
  }

  private static QuestionOutcome run(Script.Ask ask, OpenProject project) {
    List<Failure> failures = new ArrayList<>();
    Question question = question(ask);
    Map<String, Answer> answers = answers(question, project);
    AnswersAgree.among(answers, isOrdered(question)).ifPresent(difference -> failures.add(new Failure(ask.line(), difference)));
    Answer answer = answers.values().iterator().next();
    DirectiveRunner runner = new DirectiveRunner(ask, question, project, failures);
    List<Script.Directive> directives = ask.directives().stream().map(directive -> runner.run(directive, answer)).toList();
    // What an oracle contradicts must not be accepted as it is.
    Script.Ask reproduced = failures.isEmpty() ? new Script.Ask(ask.line(), ask.text(), directives) : ask;
    return new QuestionOutcome(ask, reproduced, failures);
  }

  private static Question question(Script.Ask ask) {
    String text = String.join("\n", ask.text());
    return ask.isSql() ? new Question.Sql(text.substring("sql ".length())) : new Question.Metrics(QueryText.parse(text));
  }

  private static Map<String, Answer> answers(Question question, OpenProject project) {
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (DoorUnderTest door : project.doors()) {
      if (door.takes(question)) {
        answers.put(door.name(), door.ask(question));
      }
    }
    return answers;
  }

  static boolean isOrdered(Question question) {
    return switch (question) {
      case Question.Metrics metrics -> !metrics.query().orderBy().isEmpty();
      case Question.Sql sql -> sql.statement().toLowerCase(Locale.ROOT).contains("order by");
    };
  }
}
