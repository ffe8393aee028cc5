// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import java.util.ArrayList;
import java.util.List;

/** Cuts a script into its parts, line by line. */
public final class ScriptParser {
  private final String name;
  private final List<String> lines;
  private int at;

  private ScriptParser(String name, String text) {
    this.name = name;
    this.lines = text.lines().toList();
  }

  public static Script parse(String name, String text) {
    return new ScriptParser(name, text).script();
  }

  private Script script() {
    List<Script.Part> parts = new ArrayList<>();
    while (at < lines.size()) {
      parts.add(part());
    }
    return new Script(name, parts);
  }

  private Script.Part part() {
    String line = lines.get(at);
    if (isProse(line)) {
      return new Script.Prose(List.of(lines.get(at++)));
    }
    if (line.startsWith("use ")) {
      at++;
      return new Script.Use(line.substring(4).strip(), List.of(line));
    }
    if (startsQuestion(line)) {
      return ask();
    }
    throw problem(line.startsWith("!") ? "'" + line + "' belongs to no question" : "expected use, query, sql, # or a blank line");
  }

  private Script.Ask ask() {
    int start = at;
    List<String> text = new ArrayList<>();
    while (at < lines.size() && !lines.get(at).startsWith("!")) {
      if (at > start && (isProse(lines.get(at)) || startsPart(lines.get(at)))) {
        throw problem("the question at line " + (start + 1) + " says nothing of what must come of it");
      }
      text.add(lines.get(at++));
    }
    List<Script.Directive> directives = new ArrayList<>();
    while (at < lines.size() && lines.get(at).startsWith("!")) {
      directives.add(directive());
    }
    if (directives.isEmpty()) {
      throw problem("the question at line " + (start + 1) + " says nothing of what must come of it");
    }
    return new Script.Ask(start + 1, text, directives);
  }

  private Script.Directive directive() {
    int start = at;
    String[] head = lines.get(at).substring(1).split(" ", 2);
    Script.Kind kind = kind(head[0]);
    at++;
    List<String> body = new ArrayList<>();
    while (at < lines.size() && !isProse(lines.get(at)) && !startsPart(lines.get(at)) && !lines.get(at).startsWith("!")) {
      body.add(lines.get(at++));
    }
    return new Script.Directive(start + 1, kind, head.length > 1 ? head[1].strip() : "", body);
  }

  private Script.Kind kind(String label) {
    for (Script.Kind kind : Script.Kind.values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw problem("there is no directive '!" + label + "'");
  }

  private static boolean isProse(String line) {
    return line.isBlank() || line.startsWith("#");
  }

  private static boolean startsPart(String line) {
    return line.startsWith("use ") || startsQuestion(line);
  }

  private static boolean startsQuestion(String line) {
    return line.startsWith("query ") || line.startsWith("sql ");
  }

  private ScriptSyntaxException problem(String text) {
    return new ScriptSyntaxException(name, Math.min(at, lines.size() - 1) + 1, text);
  }
}
