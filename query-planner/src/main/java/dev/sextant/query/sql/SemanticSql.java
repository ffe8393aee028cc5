// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql;

import dev.sextant.model.Position;
import dev.sextant.query.Caller;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.sql.node.Parameters;
import dev.sextant.query.sql.parse.SqlLexer;
import dev.sextant.query.sql.parse.SqlPositions;
import dev.sextant.query.sql.parse.SqlPrelude;
import dev.sextant.query.sql.parse.SqlToken;
import dev.sextant.query.sql.rewrite.SemanticRewriter;
import dev.sextant.query.sql.table.InformationSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads statements of semantic SQL over one model and turns queries into the warehouse's SQL. */
public final class SemanticSql {
  private static final int LONGEST = 4_000_000;
  private static final int MOST_DOTS = 8;
  private static final Set<String> HARMLESS = new TreeSet<>(
      List.of("set", "reset", "begin", "start", "commit", "rollback", "end", "discard", "deallocate", "close", "use"));
  private static final Set<
      String> CHANGING = new TreeSet<>(List.of("insert", "update", "delete", "merge", "create", "drop", "alter", "truncate",
          "copy", "grant", "revoke", "call", "attach", "detach", "install", "load", "pragma", "vacuum", "analyze", "import", "export",
          "replace", "do",
          "lock", "comment", "declare", "fetch", "listen", "notify", "execute", "prepare", "checkpoint"));

  private final SemanticRewriter rewriter;

  public SemanticSql(SemanticRewriter rewriter) {
    this.rewriter = rewriter;
  }

  public Statement read(String sql, List<SqlParameter> parameters, Caller caller) {
    if (sql.length() > LONGEST) {
      throw Problem.of(QueryIssue.INVALID_SQL, "the statement has " + sql.length() + " characters; at most " + LONGEST + " are read.");
    }
    List<SqlToken> tokens = withoutEnd(SqlLexer.tokens(sql));
    List<SqlToken> words = tokens.stream().filter(token -> token.kind() != SqlToken.Kind.SPACE).toList();
    if (words.isEmpty()) {
      throw Problem.of(QueryIssue.INVALID_SQL, "the statement is empty.");
    }
    checkNames(words, sql);
    String first = words.getFirst().lower();
    if (HARMLESS.contains(first)) {
      return new Statement.Command(first);
    }
    refuse(words, first, sql);
    String text = sql.substring(0, tokens.getLast().end());
    if (first.equals("explain")) {
      return new Statement.Explain(explained(words, text));
    }
    return query(first.equals("show") || first.equals("describe") || first.equals("desc") ? shown(words, sql) : text, parameters, caller);
  }

  private static List<SqlToken> withoutEnd(List<SqlToken> tokens) {
    List<SqlToken> kept = new ArrayList<>(tokens);
    while (!kept.isEmpty() && (kept.getLast().kind() == SqlToken.Kind.SPACE || kept.getLast().isSymbol(";"))) {
      kept.removeLast();
    }
    return kept;
  }

  /** Names of endless parts would keep the parser busy for minutes. */
  private static void checkNames(List<SqlToken> words, String sql) {
    int dots = 0;
    for (int i = 1; i < words.size(); i++) {
      dots = words.get(i).isSymbol(".") ? dots + 1 : words.get(i - 1).isSymbol(".") ? dots : 0;
      if (dots > MOST_DOTS) {
        throw Problem.at(QueryIssue.INVALID_SQL, SqlPositions.of(sql, words.get(i).start()), "a name has at most " + MOST_DOTS + " dots.");
      }
    }
  }

  private static void refuse(List<SqlToken> words, String first, String sql) {
    if (CHANGING.contains(first)) {
      throw Problem.at(QueryIssue.UNSUPPORTED, SqlPositions.of(sql, words.getFirst().start()),
          first.toUpperCase(Locale.ROOT) + " is not supported: the semantic layer is read-only.");
    }
    for (SqlToken word : words) {
      if (word.isSymbol(";")) {
        throw Problem.at(QueryIssue.INVALID_SQL, SqlPositions.of(sql, word.start()), "one statement at a time, please.");
      }
      if (word.is("into")) {
        throw Problem.at(QueryIssue.UNSUPPORTED, SqlPositions.of(sql, word.start()),
            "SELECT INTO is not supported: the semantic layer is read-only.");
      }
    }
  }

  private static String explained(List<SqlToken> words, String sql) {
    int i = 1;
    while (i < words.size() && !words.get(i).is("select") && !words.get(i).is("with") && !words.get(i).isSymbol("(")) {
      i++;
    }
    if (i == words.size()) {
      throw Problem.of(QueryIssue.INVALID_SQL, "EXPLAIN takes a query.");
    }
    return sql.substring(words.get(i).start());
  }

  private static String shown(List<SqlToken> words, String sql) {
    String what = words.size() > 1 ? words.get(1).lower() : "";
    return switch (what) {
      case "tables" -> "SELECT table_schema, table_name, remarks FROM information_schema.tables ORDER BY table_name";
      case "schemas" -> "SELECT schema_name FROM information_schema.schemata ORDER BY schema_name";
      case "columns" -> columns(words.getLast());
      case "search_path" -> "SELECT 'public' AS search_path";
      case "timezone" -> "SELECT 'UTC' AS timezone";
      case "server_version" -> "SELECT '16.0' AS server_version";
      case "transaction_isolation", "transaction" -> "SELECT 'read committed' AS transaction_isolation";
      case "standard_conforming_strings" -> "SELECT 'on' AS standard_conforming_strings";
      default -> words.size() == 2 && !words.getFirst().is("show") ? columns(words.getLast()) : refusedShow(words, sql);
    };
  }

  private static String refusedShow(List<SqlToken> words, String sql) {
    throw Problem.at(QueryIssue.UNSUPPORTED, SqlPositions.of(sql, words.getFirst().start()),
        "SHOW knows tables, schemas, columns FROM table, search_path, timezone, server_version.");
  }

  private static String columns(SqlToken table) {
    String name = table.kind() == SqlToken.Kind.QUOTED ? SqlPrelude.unquoted(table.text()) : table.text();
    return "SELECT column_name, data_type, column_kind, remarks FROM information_schema.columns WHERE lower(table_name) = "
        + InformationSchema.text(name.toLowerCase(Locale.ROOT)) + " ORDER BY ordinal_position";
  }

  private Statement query(String sql, List<SqlParameter> parameters, Caller caller) {
    SqlPrelude.Prepared prepared = SqlPrelude.prepare(sql);
    try {
      SemanticRewriter.Rewritten found = rewriter.rewrite(prepared, new Parameters(parameters, sql), caller);
      return new Statement.Query(found.node(), found.columns(), found.plans(), found.warnings(), found.parameters(), found.types(),
          found.readsRows());
    } catch (StackOverflowError e) {
      throw Problem.at(QueryIssue.INVALID_SQL, Position.NOWHERE, "the statement is nested too deeply.");
    }
  }
}
