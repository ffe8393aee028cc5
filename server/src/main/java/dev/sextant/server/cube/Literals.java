// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.model.DataType;
import dev.sextant.model.Expr;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Values of filters, which clients write as texts whatever their type. */
final class Literals {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");
  private static final int WHOLE_DIGITS = 18;

  private Literals() {}

  /** The value as the member's type has it. */
  static Expr of(CubeMember member, String value) {
    return switch (member.type()) {
      case "number" -> number(member, value.strip());
      case "boolean" -> flag(member, value.strip());
      default -> text(value);
    };
  }

  /** Databases end their statements at the zero byte. */
  static Expr text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw Problem.of(QueryIssue.INVALID_FILTER, "A text in a filter holds the character U+0000, which no warehouse keeps.");
    }
    return Expr.string(value);
  }

  private static Expr number(CubeMember member, String value) {
    if (!NUMBER.matcher(value).matches()) {
      throw mismatch(member, value, "a number");
    }
    BigDecimal number = new BigDecimal(value);
    boolean whole = number.scale() == 0 && number.precision() <= WHOLE_DIGITS;
    Expr.Literal size = new Expr.Literal(whole ? DataType.BIGINT
        : DataType.decimal(Math.max(number.precision(), number.scale()),
            number.scale()),
        number.abs().toPlainString());
    return number.signum() < 0 ? Expr.call("neg", size) : size;
  }

  private static Expr flag(CubeMember member, String value) {
    return switch (value.toLowerCase(java.util.Locale.ROOT)) {
      case "true", "1" -> new Expr.Literal(DataType.BOOLEAN, "true");
      case "false", "0" -> new Expr.Literal(DataType.BOOLEAN, "false");
      default -> throw mismatch(member, value, "true or false");
    };
  }

  private static RuntimeException mismatch(CubeMember member, String value, String expected) {
    return Problem.of(QueryIssue.TYPE_MISMATCH, "'" + member.name() + "' is compared with '" + value + "', which is not " + expected + ".");
  }
}
