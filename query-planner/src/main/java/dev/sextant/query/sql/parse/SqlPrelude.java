// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.parse;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Brings what tools write into what Calcite's parser reads: {@code INTERVAL '1 day'}, {@code x AT TIME ZONE 'z'}, {@code m AT (ALL d)},
 * functions whose names are keywords, and dbt's {@code {{ semantic_layer.query(..) }}}. Time zones, contexts and dbt queries travel through the
 * parser as casts to, or tables with, names of their own ({@link #ZONE}, {@link #CONTEXT}, {@link #TEMPLATE}).
 */
public final class SqlPrelude {
  public static final String ZONE = "@zone:";
  public static final String CONTEXT = "@at:";
  public static final String TEMPLATE = "@template:";

  private static final Set<String> KEYWORD_FUNCTIONS = new LinkedHashSet<>(List.of("date", "left", "right", "date_trunc", "current_schema",
      "current_catalog", "current_user", "year", "month", "day", "hour", "minute", "second", "quarter", "week", "replace", "datetime_trunc",
      "timestamp_trunc", "truncate", "time", "measure", "datediff", "date_diff", "dateadd", "contains", "timestampdiff", "timestampadd",
      "convert",
      "translate", "percentile_cont", "percentile_disc"));
  private static final Set<String> AGGREGATES_IN_STANDARD_FORM = new LinkedHashSet<>(List.of("percentile_cont", "percentile_disc"));

  private final String original;
  private final List<SqlToken> tokens;
  private final StringBuilder out = new StringBuilder();
  private final List<int[]> marks = new ArrayList<>();

  private SqlPrelude(String original) {
    this.original = original;
    this.tokens = SqlLexer.tokens(original);
  }

  /** A statement the parser reads, and the way back to the original's positions. */
  public record Prepared(String text, SqlPositions positions) {}

  /** Brings a statement into the parser's words. */
  public static Prepared prepare(String sql) {
    SqlPrelude prelude = new SqlPrelude(sql);
    prelude.rewrite();
    return new Prepared(prelude.out.toString(), new SqlPositions(sql, prelude.out.toString(), prelude.marks));
  }

  private void rewrite() {
    int i = 0;
    while (i < tokens.size()) {
      SqlToken token = tokens.get(i);
      marks.add(new int[] {token.start(), out.length()});
      i = rewriteAt(token, i);
    }
  }

  private int rewriteAt(SqlToken token, int i) {
    if (token.kind() == SqlToken.Kind.TEMPLATE) {
      out.append(quote(TEMPLATE + hex(token.text().substring(2, token.text().length() - 2).strip())));
      return i + 1;
    }
    if (token.is("interval") && next(i).kind() == SqlToken.Kind.STRING) {
      return interval(i);
    }
    if (token.is("at") && next(i).is("time")) {
      return zone(i);
    }
    if (token.is("at") && next(i).isSymbol("(")) {
      return context(i);
    }
    boolean call = token.kind() == SqlToken.Kind.WORD && next(i).isSymbol("(") && KEYWORD_FUNCTIONS.contains(token.lower())
        && !AGGREGATES_IN_STANDARD_FORM.contains(token.lower());
    if (call) {
      out.append(quote(token.lower()));
    } else if (token.kind() == SqlToken.Kind.QUOTED && token.text().startsWith("`")) {
      out.append(quote(token.text().substring(1, token.text().length() - 1).replace("``", "`")));
    } else if (token.kind() == SqlToken.Kind.SPACE) {
      out.append(token.text().indexOf('\n') >= 0 ? "\n" : " ");
    } else {
      out.append(token.text());
    }
    return i + 1;
  }

  private int interval(int i) {
    int value = after(i);
    String text = unquoted(tokens.get(value).text());
    String[] parts = text.strip().split("\\s+");
    if (parts.length == 2 && parts[1].matches("[A-Za-z]+")) {
      String unit = parts[1].toUpperCase(Locale.ROOT).replaceAll("S$", "");
      boolean week = unit.equals("WEEK");
      String count = week ? String.valueOf(7 * integer(parts[0], tokens.get(value))) : parts[0];
      out.append("INTERVAL '").append(count).append("' ").append(week ? "DAY" : unit);
    } else {
      out.append("INTERVAL ").append(tokens.get(value).text());
    }
    return value + 1;
  }

  private long integer(String text, SqlToken at) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Problem.at(QueryIssue.INVALID_SQL, SqlPositions.of(original, at.start()), "'" + text + "' is no whole number of weeks.");
    }
  }

  private int zone(int i) {
    int time = after(i);
    int zone = after(time);
    int name = after(zone);
    if (name >= tokens.size() || !tokens.get(zone).is("zone") || tokens.get(name).kind() != SqlToken.Kind.STRING) {
      throw Problem.at(QueryIssue.UNSUPPORTED, SqlPositions.of(original, tokens.get(i).start()),
          "AT TIME ZONE takes the name of a zone in quotes, such as AT TIME ZONE 'Europe/Berlin'.");
    }
    out.append("::").append(quote(ZONE + hex(unquoted(tokens.get(name).text()))));
    return name + 1;
  }

  private int context(int i) {
    int open = after(i);
    int depth = 0;
    for (int j = open; j < tokens.size(); j++) {
      depth += tokens.get(j).isSymbol("(") ? 1 : tokens.get(j).isSymbol(")") ? -1 : 0;
      if (depth == 0) {
        String inside = original.substring(tokens.get(open).end(), tokens.get(j).start());
        out.append("::").append(quote(CONTEXT + hex(inside.strip())));
        return j + 1;
      }
    }
    throw Problem.at(QueryIssue.INVALID_SQL, SqlPositions.of(original, tokens.get(open).start()), "the parenthesis after AT never closes.");
  }

  private int after(int i) {
    int j = i + 1;
    while (j < tokens.size() && tokens.get(j).kind() == SqlToken.Kind.SPACE) {
      j++;
    }
    return j;
  }

  private SqlToken next(int i) {
    int j = after(i);
    return j < tokens.size() ? tokens.get(j) : new SqlToken(SqlToken.Kind.SPACE, "", original.length());
  }

  /** A text or quoted name without its quotes. */
  public static String unquoted(String text) {
    String quote = text.substring(0, 1);
    return text.substring(1, text.length() - 1).replace(quote + quote, quote);
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads back what {@link #ZONE}, {@link #CONTEXT} or {@link #TEMPLATE} carried. */
  public static String carried(String name, String prefix) {
    return new String(HexFormat.of().parseHex(name.substring(prefix.length())), StandardCharsets.UTF_8);
  }
}
