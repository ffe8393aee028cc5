// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.duckdb;

import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.warehouse.statement.WarehouseErrors;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what DuckDB says into issues. */
final class DuckDbErrors implements WarehouseErrors {
  /** What the driver says when a streaming statement failed before its first row; the reason is lost. */
  static final String LOST_CAUSE = "Invalid result set";

  private static final Pattern NATIVE = Pattern.compile("\\[errno -?\\d+] CDataJniException\\{errno=-?\\d+, message=(.*)}", Pattern.DOTALL);
  private static final Pattern MISSING = Pattern.compile(
      "Catalog Error: (Table|View|Schema|Column)\\b.*does not exist.*|Binder Error: (Referenced (column|table)|Table \".*\" does not have a column).*"
          + "|Binder Error: Catalog \".*\" does not exist.*|IO Error: No files found that match.*");

  private static final Pattern UNKNOWN_OPTIONS = Pattern.compile("options were not recognized: (\\w+)");

  private final String warehouse;

  DuckDbErrors(String warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public SextantException failure(Throwable failure) {
    String text = firstParagraph(failure);
    return new SextantException(Issue.of(code(text), Position.NOWHERE, "warehouse '" + warehouse + "': " + text), failure);
  }

  /** The warehouse could not be opened. */
  SextantException unreachable(Throwable failure) {
    String text = firstParagraph(failure);
    Matcher options = UNKNOWN_OPTIONS.matcher(text);
    if (options.find()) {
      List<String> near = NearestNames.to(options.group(1), DuckDbSettings.OURS);
      return new SextantException(new Issue(QueryIssue.WAREHOUSE_CONFIG, "warehouse '" + warehouse + "' has the option '" + options.group(1)
          + "', which neither we nor DuckDB know." + NearestNames.question(near), Position.NOWHERE, near), failure);
    }
    return new SextantException(Issue.of(QueryIssue.WAREHOUSE_UNREACHABLE, Position.NOWHERE,
        "warehouse '" + warehouse + "' cannot be opened: " + text
            + (text.contains("Could not set lock") ? ". Ask the server that has the file open, or stop it." : "")),
        failure);
  }

  static QueryIssue code(String text) {
    if (MISSING.matcher(text).matches()) {
      return QueryIssue.WAREHOUSE_SCHEMA;
    }
    int colon = text.indexOf(" Error: ");
    return switch (colon < 0 ? "" : text.substring(0, colon)) {
      case "Conversion", "Out of Range", "Invalid Input" -> QueryIssue.DATA_ERROR;
      case "Connection" -> QueryIssue.WAREHOUSE_UNREACHABLE;
      default -> QueryIssue.WAREHOUSE_ERROR;
    };
  }

  /** DuckDB adds the statement, stack traces and advice on its settings in further paragraphs. */
  static String firstParagraph(Throwable failure) {
    String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    Matcher inner = NATIVE.matcher(text.strip());
    String message = inner.matches() ? inner.group(1) : text;
    int end = message.indexOf("\n\n");
    return (end < 0 ? message : message.substring(0, end)).strip().replaceAll("\\s*\\n\\s*", " ");
  }
}
