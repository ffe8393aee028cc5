// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The questions that are not answered rightly yet, from a file that only gets shorter: a question that fails must be in it, one that passes
 * must not.
 */
public final class OpenQuestions {
  private final Path file;
  private final List<String> lines;

  private OpenQuestions(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Reads {@code path/to/script.sx: query ..} lines; a # starts a comment line. */
  public static OpenQuestions read(Path file) {
    try {
      return new OpenQuestions(file, new ArrayList<>(Files.readAllLines(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the outcome of a script says against this list, one line each. */
  public List<String> contradictions(ScriptOutcome outcome) {
    List<String> contradictions = new ArrayList<>();
    for (QuestionOutcome question : outcome.questions()) {
      boolean open = lines.contains(line(outcome, question));
      if (open && question.passes()) {
        contradictions.add("passes and must leave " + file.getFileName() + ": " + line(outcome, question));
      } else if (!open && !question.passes()) {
        contradictions.add("fails: " + line(outcome, question) + "\n  " + reason(question));
      }
    }
    return contradictions;
  }

  /** Takes the questions that pass off the list and writes it. */
  public void close(ScriptOutcome outcome) {
    outcome.questions().stream().filter(QuestionOutcome::passes).forEach(question -> lines.remove(line(outcome, question)));
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many questions are open. */
  public long count() {
    return lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).count();
  }

  private static String reason(QuestionOutcome question) {
    return question.failures().isEmpty() ? "what came of it differs" : question.failures().getFirst().message();
  }

  private static String line(ScriptOutcome outcome, QuestionOutcome question) {
    return outcome.script().name() + ": " + question.text();
  }
}
