// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.parse;

import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Brings what tools write into what Calcite's parser reads: {@code INTERVAL '1 day'}, {@code x AT TIME ZONE 'z'}, {@code m AT (ALL d)},
 * functions whose names are keywords, and dbt's {@code {{ semantic_layer.query(..) }}}. Time zones, contexts and dbt queries travel through the
 * parser as casts to, or tables with, names of their own ({@link #ZONE}, {@link #CONTEXT}, {@link #TEMPLATE}).
 */
public final class SqlPrelude {
  public static final String ZONE = "@zone:";
  public static final String CONTEXT = "@at:";
  /** What stands for all that is selected in {@code GROUP BY ALL}. */
  public static final String ALL = "@all";
  public static final String TEMPLATE = "@template:";

  private static final Set<String> KEYWORD_FUNCTIONS = new LinkedHashSet<>(List.of("date", "left", "right", "date_trunc", "current_schema",
      "current_catalog", "current_user", "year", "month", "day", "hour", "minute", "second", "quarter", "week", "replace", "datetime_trunc",
      "timestamp_trunc", "truncate", "time", "measure", "datediff", "date_diff", "dateadd", "contains", "timestampdiff", "timestampadd",
      "date_add", "date_sub", "datepart", "trunc",
      "convert",
      "translate", "percentile_cont", "percentile_disc"));
  private static final Set<String> AGGREGATES_IN_STANDARD_FORM = new LinkedHashSet<>(List.of("percentile_cont", "percentile_disc"));

  private static final Set<String> AFTER_GROUP_BY = new LinkedHashSet<>(
      List.of("having", "order", "limit", "offset", "fetch", "qualify", "window", "union", "intersect", "except"));

  private final String original;
  private final List<SqlToken> tokens;
  private final StringBuilder out = new StringBuilder();
  private final List<int[]> marks = new ArrayList<>();
  private final int[] castsBefore;
  private final Map<Integer, Written> written = new LinkedHashMap<>();

  /** What is written for the tokens from one to {@code last}. */
  private record Written(int last, String text) {}

  private SqlPrelude(String original) {
    this.original = original;
    this.tokens = SqlLexer.tokens(original);
    this.castsBefore = new int[tokens.size() + 1];
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
    SqlCasts casts = new SqlCasts(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      i = cast(i, casts);
    }
    int i = 0;
    while (i < tokens.size()) {
      SqlToken token = tokens.get(i);
      marks.add(new int[] {token.start(), out.length()});
      out.append("CAST(".repeat(castsBefore[i]));
      marks.add(new int[] {token.start(), out.length()});
      Written now = written.get(i);
      if (now == null) {
        i = rewriteAt(token, i);
      } else {
        out.append(now.text());
        i = now.last() + 1;
      }
    }
    marks.add(new int[] {original.length(), out.length()});
  }

  /** Notes what casts the value before a token to a type, a zone or a context; returns the last token of that. */
  private int cast(int i, SqlCasts casts) {
    SqlToken token = tokens.get(i);
    Written as = token.isSymbol("::") ? type(i, casts)
        : token.is("at") && next(i).is("time") ? zone(i) : token.is("at") && next(i).isSymbol("(") ? context(i) : null;
    if (as == null) {
      return i;
    }
    int first = casts.valueBefore(i);
    if (first == i || written.containsKey(i)) {
      throw Problem.at(QueryIssue.INVALID_SQL, SqlPositions.of(original, token.start()), "'" + token.text() + "' follows no value.");
    }
    castsBefore[first]++;
    written.put(i, as);
    casts.cast(first, as.last());
    return as.last();
  }

  private Written type(int i, SqlCasts casts) {
    int last = casts.typeAfter(i);
    if (last >= tokens.size()) {
      throw Problem.at(QueryIssue.INVALID_SQL, SqlPositions.of(original, tokens.get(i).start()), "a type must follow '::'.");
    }
    String type = original.substring(tokens.get(after(i)).start(), tokens.get(last).end());
    return new Written(last, " AS " + type + ")");
  }

  private int rewriteAt(SqlToken token, int i) {
    if (token.kind() == SqlToken.Kind.TEMPLATE) {
      out.append(quote(TEMPLATE + hex(token.text().substring(2, token.text().length() - 2).strip())));
      return i + 1;
    }
    if (token.is("all") && isWord(before(i), "by") && isWord(before(before(i)), "group") && endsClause(next(i))) {
      out.append(quote(ALL));
      return i + 1;
    }
    if (token.is("interval") && next(i).kind() == SqlToken.Kind.STRING) {
      return interval(i);
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

  private Written zone(int i) {
    int time = after(i);
    int zone = after(time);
    int name = after(zone);
    if (name >= tokens.size() || !tokens.get(zone).is("zone") || tokens.get(name).kind() != SqlToken.Kind.STRING) {
      throw Problem.at(QueryIssue.UNSUPPORTED, SqlPositions.of(original, tokens.get(i).start()),
          "AT TIME ZONE takes the name of a zone in quotes, such as AT TIME ZONE 'Europe/Berlin'.");
    }
    return new Written(name, " AS " + quote(ZONE + hex(unquoted(tokens.get(name).text()))) + ")");
  }

  private Written context(int i) {
    int open = after(i);
    int depth = 0;
    for (int j = open; j < tokens.size(); j++) {
      depth += tokens.get(j).isSymbol("(") ? 1 : tokens.get(j).isSymbol(")") ? -1 : 0;
      if (depth == 0) {
        String inside = original.substring(tokens.get(open).end(), tokens.get(j).start());
        return new Written(j, " AS " + quote(CONTEXT + hex(inside.strip())) + ")");
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

  private int before(int i) {
    int j = i - 1;
    while (j >= 0 && tokens.get(j).kind() == SqlToken.Kind.SPACE) {
      j--;
    }
    return j;
  }

  private boolean isWord(int i, String word) {
    return i >= 0 && tokens.get(i).is(word);
  }

  private static boolean endsClause(SqlToken next) {
    return next.text().isEmpty() || next.isSymbol(")") || next.isSymbol(";")
        || next.kind() == SqlToken.Kind.WORD && AFTER_GROUP_BY.contains(next.lower());
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
    try {
      return new String(HexFormat.of().parseHex(name.substring(prefix.length())), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.of(QueryIssue.INVALID_SQL, "names cannot begin with '" + prefix + "'.");
    }
  }
}
