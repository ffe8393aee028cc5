// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds script files and runs them; an accepting one writes back what came of them. */
public final class ScriptFiles {
  private static final List<Path> PLACES = List.of(Path.of("../conformance-tests/suites"), Path.of("../examples"));

  private final ScriptRunner runner;
  private final boolean accepting;

  public ScriptFiles(ScriptRunner runner, boolean accepting) {
    this.runner = runner;
    this.accepting = accepting;
  }

  /** All scripts whose path holds a text. */
  public static List<Path> find(String part) {
    return PLACES.stream().flatMap(ScriptFiles::scriptsIn).filter(file -> file.toString().contains(part)).sorted().toList();
  }

  private static Stream<Path> scriptsIn(Path place) {
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(file -> file.toString().endsWith(".sx")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a script; an accepting run then holds what came of it. */
  public ScriptOutcome run(Path file) {
    try {
      ScriptOutcome outcome = runner.run(ScriptParser.parse(name(file), Files.readString(file)));
      if (!accepting) {
        return outcome;
      }
      Files.writeString(file, outcome.reproduced().text());
      return new ScriptOutcome(outcome.reproduced(), outcome.reproduced(),
          outcome.questions().stream().map(ScriptFiles::accepted).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path of a script from the root of the repository. */
  public static String name(Path file) {
    return Path.of("..").relativize(file).toString();
  }

  private static QuestionOutcome accepted(QuestionOutcome question) {
    return new QuestionOutcome(question.reproduced(), question.reproduced(), question.failures());
  }
}
