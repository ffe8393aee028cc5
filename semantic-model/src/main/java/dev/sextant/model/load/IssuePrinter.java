// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.yaml.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prints issues: for people with the line and a caret, for tools as one JSON object a line. */
public final class IssuePrinter {
  private static final int WIDEST = 120;
  private static final Pattern SECRET = Pattern
      .compile(
          "(?i)((?:password|passwd|secret|token|credential|api_?key|private_?key)\\w*[\"']?\\s*:\\s*)(\"[^\"]*\"?|'[^']*'?|[^,}\\s]+)");

  private final Path folder;
  private final Map<String, List<String>> lines = new HashMap<>();

  /** Prints issues of the project in {@code folder}. */
  public IssuePrinter(Path folder) {
    this.folder = folder;
  }

  /** Every issue with its line and a caret below the place. */
  public String text(List<Issue> issues) {
    return issues.stream().map(this::text).collect(Collectors.joining("\n"));
  }

  private String text(Issue issue) {
    Position at = issue.position();
    List<String> file = lines.computeIfAbsent(at.file(), this::read);
    boolean known = at.line() >= 1 && at.line() <= file.size();
    return issue + "\n" + (known ? excerpt(file.get(at.line() - 1), at) : "");
  }

  /** An issue in a text that no file holds, such as a query. */
  public static String text(Issue issue, String source) {
    List<String> lines = source.lines().toList();
    boolean known = issue.position().line() >= 1 && issue.position().line() <= lines.size();
    return issue + "\n" + (known ? excerpt(lines.get(issue.position().line() - 1), issue.position()) : "");
  }

  /** One JSON object a line: code, message, file, line, column, suggestions. */
  public static String json(List<Issue> issues) {
    return issues.stream().map(issue -> JsonText.line(fields(issue)) + "\n").collect(Collectors.joining());
  }

  private static Map<String, Object> fields(Issue issue) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", issue.code().name());
    fields.put("message", issue.message());
    fields.put("file", issue.position().file());
    fields.put("line", issue.position().line());
    fields.put("column", issue.position().column());
    fields.put("suggestions", issue.suggestions());
    return fields;
  }

  private static String excerpt(String line, Position at) {
    String masked = SECRET.matcher(line)
        .replaceAll(found -> Matcher.quoteReplacement(
            found.group(1) + "*".repeat(found.group(2).length())));
    int column = Math.clamp(at.column() - 1L, 0, masked.length());
    int start = masked.length() <= WIDEST ? 0 : Math.max(0, Math.min(column - WIDEST / 2, masked.length() - WIDEST));
    int end = Math.min(masked.length(), start + WIDEST);
    String margin = " ".repeat(Integer.toString(at.line()).length());
    String shown = masked.substring(start, end).replace('\t', ' ').stripTrailing();
    return "  " + at.line() + " | " + shown + "\n  " + margin + " | " + " ".repeat(column - start) + "^\n";
  }

  private List<String> read(String file) {
    try {
      return file.isEmpty() ? List.of() : Files.readString(folder.resolve(file)).lines().toList();
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }
}
