// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.at;

import dev.sextant.model.Position;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.sql.node.Repositioned;
import dev.sextant.query.sql.parse.SqlLexer;
import dev.sextant.query.sql.parse.SqlParsing;
import dev.sextant.query.sql.parse.SqlPrelude;
import dev.sextant.query.sql.parse.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads what stands in {@code AT (..)}. {@code CURRENT d} becomes a call of {@link #CURRENT}. */
public final class AtReader {
  public static final String CURRENT = "@current";
  private static final List<String> WORDS = List.of("all", "set", "visible", "where");

  private final Position at;
  private final SqlParserPos position;
  private final List<SqlToken> tokens;
  private int next;

  private AtReader(String text, Position at, SqlParserPos position) {
    this.at = at;
    this.position = position;
    this.tokens = SqlLexer.tokens(text);
  }

  /** The modifiers as written, from left to right; their nodes and what is wrong with them stand at {@code position}. */
  public static List<AtModifier> read(String text, Position at, SqlParserPos position) {
    AtReader reader = new AtReader(text, at, position);
    if (reader.tokens.stream().anyMatch(token -> token.isSymbol("?"))) {
      throw reader.wrong("parameters cannot stand in AT; put them in the block's WHERE");
    }
    List<AtModifier> modifiers = new ArrayList<>();
    reader.skipSpace();
    while (reader.next < reader.tokens.size()) {
      modifiers.add(reader.modifier());
      reader.skipSpace();
    }
    if (modifiers.isEmpty()) {
      throw reader.wrong("AT needs ALL, ALL dimension, SET dimension = value, VISIBLE or WHERE condition");
    }
    return modifiers;
  }

  private AtModifier modifier() {
    SqlToken word = tokens.get(next++);
    if (!startsModifier(word)) {
      throw wrong("'" + word.text() + "' cannot stand in AT; ALL, ALL dimension, SET dimension = value, VISIBLE and WHERE condition can");
    }
    List<SqlToken> rest = rest();
    return switch (word.lower()) {
      case "all" -> rest.isEmpty() ? new AtModifier.All() : new AtModifier.AllOf(dimensions(rest));
      case "visible" -> {
        if (!rest.isEmpty()) {
          throw wrong("nothing can follow VISIBLE but another modifier");
        }
        yield new AtModifier.Visible();
      }
      case "where" -> new AtModifier.Where(expression(rest));
      default -> set(rest);
    };
  }

  private static boolean startsModifier(SqlToken token) {
    return token.kind() == SqlToken.Kind.WORD && WORDS.contains(token.lower());
  }

  /** The tokens before the next modifier, without space around. */
  private List<SqlToken> rest() {
    List<SqlToken> rest = new ArrayList<>();
    int depth = 0;
    for (; next < tokens.size(); next++) {
      SqlToken token = tokens.get(next);
      if (depth == 0 && startsModifier(token)) {
        break;
      }
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      rest.add(token);
    }
    while (!rest.isEmpty() && rest.getLast().kind() == SqlToken.Kind.SPACE) {
      rest.removeLast();
    }
    return rest.stream().allMatch(token -> token.kind() == SqlToken.Kind.SPACE) ? List.of() : rest;
  }

  private void skipSpace() {
    while (next < tokens.size() && (tokens.get(next).kind() == SqlToken.Kind.SPACE || tokens.get(next).isSymbol(","))) {
      next++;
    }
  }

  /** Dimensions stand apart by space or commas; each is a name or a call. */
  private List<SqlNode> dimensions(List<SqlToken> all) {
    List<SqlNode> dimensions = new ArrayList<>();
    List<SqlToken> one = new ArrayList<>();
    int depth = 0;
    for (SqlToken token : all) {
      boolean apart = depth == 0 && (token.kind() == SqlToken.Kind.SPACE || token.isSymbol(","));
      if (apart && !one.isEmpty()) {
        dimensions.add(expression(one));
        one = new ArrayList<>();
      } else if (!apart) {
        depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
        one.add(token);
      }
    }
    if (!one.isEmpty()) {
      dimensions.add(expression(one));
    }
    return dimensions;
  }

  private AtModifier set(List<SqlToken> all) {
    int depth = 0;
    for (int i = 0; i < all.size(); i++) {
      depth += all.get(i).isSymbol("(") ? 1 : all.get(i).isSymbol(")") ? -1 : 0;
      if (depth == 0 && all.get(i).isSymbol("=")) {
        return new AtModifier.Set(expression(all.subList(0, i)), expression(all.subList(i + 1, all.size())));
      }
    }
    throw wrong("SET takes dimension = value");
  }

  private SqlNode expression(List<SqlToken> part) {
    String text = withCurrent(part).strip();
    if (text.isEmpty()) {
      throw wrong("an expression is missing in AT");
    }
    try {
      return Repositioned.at(SqlParsing.expression(SqlPrelude.prepare(text)), position);
    } catch (dev.sextant.model.SextantException e) {
      throw wrong("'" + part.stream().map(SqlToken::text).collect(Collectors.joining()).strip() + "' in AT cannot be read: "
          + e.issues().getFirst().message());
    }
  }

  /** Writes {@code CURRENT d} as a call; d is a name or a call. */
  private static String withCurrent(List<SqlToken> part) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < part.size(); i++) {
      SqlToken token = part.get(i);
      int name = i + 1;
      while (token.is("current") && name < part.size() && part.get(name).kind() == SqlToken.Kind.SPACE) {
        name++;
      }
      boolean current = token.is("current") && name < part.size()
          && (part.get(name).kind() == SqlToken.Kind.WORD || part.get(name).kind() == SqlToken.Kind.QUOTED);
      if (!current) {
        out.append(token.text());
        continue;
      }
      int end = end(part, name);
      out.append('"').append(CURRENT).append("\"(");
      part.subList(name, end).forEach(one -> out.append(one.text()));
      out.append(')');
      i = end - 1;
    }
    return out.toString();
  }

  private static int end(List<SqlToken> part, int name) {
    int end = name + 1;
    while (end + 1 < part.size() && part.get(end).isSymbol(".")) {
      end += 2;
    }
    if (end < part.size() && part.get(end).isSymbol("(")) {
      int depth = 0;
      do {
        depth += part.get(end).isSymbol("(") ? 1 : part.get(end).isSymbol(")") ? -1 : 0;
        end++;
      } while (depth > 0 && end < part.size());
    }
    return end;
  }

  private RuntimeException wrong(String message) {
    return Problem.at(QueryIssue.INVALID_SQL, at, message + ".");
  }
}
