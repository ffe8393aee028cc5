// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.expr;

/** The operators that follow an operand, with their strengths; as PostgreSQL ranks them. */
final class Operators {
  static final int LOWEST = 1;
  static final int OR = 1;
  static final int AND = 2;
  static final int NOT = 3;
  static final int IS = 4;
  static final int COMPARISON = 5;
  static final int RANGE = 6;
  static final int CONCAT = 7;
  static final int SUM = 8;
  static final int PRODUCT = 9;
  static final int ZONE = 10;
  static final int SIGN = 11;
  static final int CAST = 12;

  private static final Infix NONE = new Infix("", 0, Form.BINARY, false, 0);

  private Operators() {}

  /** What follows an operator. */
  enum Form {
    BINARY, POSTFIX, BETWEEN, IN, CAST
  }

  /** An operator as it stands at a cursor, made of {@code words} tokens. */
  record Infix(String operator, int strength, Form form, boolean negated, int words) {

    void take(Cursor cursor) {
      for (int i = 0; i < words; i++) {
        cursor.next();
      }
    }

    boolean isChain() {
      return operator.equals("and") || operator.equals("or");
    }
  }

  /** The operator at the cursor; one of strength 0 where there is none. */
  static Infix infixAt(Cursor cursor) {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case SYMBOL -> symbol(token.text());
      case NAME -> word(token.lower(), cursor);
      case QUOTED, NUMBER, STRING, END -> NONE;
    };
  }

  private static Infix symbol(String symbol) {
    return switch (symbol) {
      case "=", "<>", "<", "<=", ">", ">=" -> binary(symbol, COMPARISON, 1);
      case "!=" -> binary("<>", COMPARISON, 1);
      case "||" -> binary(symbol, CONCAT, 1);
      case "+", "-" -> binary(symbol, SUM, 1);
      case "*", "/", "%" -> binary(symbol, PRODUCT, 1);
      case "::" -> new Infix(symbol, CAST, Form.CAST, false, 1);
      default -> NONE;
    };
  }

  private static Infix word(String word, Cursor cursor) {
    return switch (word) {
      case "or" -> binary(word, OR, 1);
      case "and" -> binary(word, AND, 1);
      case "is" -> is(cursor);
      case "at" -> cursor.peek(1).isWord("time") && cursor.peek(2).isWord("zone") ? binary("at time zone", ZONE, 3) : NONE;
      case "not" -> range(cursor.peek(1).lower(), true);
      case "like", "ilike", "between", "in" -> range(word, false);
      default -> NONE;
    };
  }

  private static Infix range(String word, boolean negated) {
    int words = negated ? 2 : 1;
    return switch (word) {
      case "like", "ilike" -> new Infix(word, RANGE, Form.BINARY, negated, words);
      case "between" -> new Infix(word, RANGE, Form.BETWEEN, negated, words);
      case "in" -> new Infix(word, RANGE, Form.IN, negated, words);
      default -> NONE;
    };
  }

  private static Infix is(Cursor cursor) {
    boolean not = cursor.peek(1).isWord("not");
    String is = not ? "is not " : "is ";
    int words = not ? 3 : 2;
    Token what = cursor.peek(words - 1);
    return switch (what.lower()) {
      case "null", "true", "false" -> new Infix(is + what.lower(), IS, Form.POSTFIX, false, words);
      case "distinct" -> {
        if (!cursor.peek(words).isWord("from")) {
          throw new SyntaxError(cursor.peek(words).start(), "expected 'from' but found " + cursor.peek(words).shown());
        }
        yield binary(is + "distinct from", IS, words + 1);
      }
      default -> throw new SyntaxError(what.start(), "expected null, true, false or distinct from after 'is', but found " + what.shown());
    };
  }

  private static Infix binary(String operator, int strength, int words) {
    return new Infix(operator, strength, Form.BINARY, false, words);
  }
}
