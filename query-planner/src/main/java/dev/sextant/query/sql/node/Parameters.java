// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.node;

import dev.sextant.query.SqlParameter;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The parameters of one statement. Most leave a mark where their values go, so that the same text serves other values; some decide what the text
 * is.
 */
public final class Parameters {
  /** What stands before and after a parameter's place in written SQL: characters that mean nothing to anyone. */
  public static final char OPEN = '\uE000';
  public static final char CLOSE = '\uE001';

  private final List<SqlParameter> values;
  private final boolean marks;
  private final Set<Integer> counts = new TreeSet<>();
  private boolean decisive;

  /** The values of a statement's parameters; where our marks stand in either, all are written out. */
  public Parameters(List<SqlParameter> values, String sql) {
    this.values = List.copyOf(values);
    this.marks = sql.indexOf(OPEN) < 0 && values.stream().noneMatch(value -> value.text().indexOf(OPEN) >= 0);
  }

  public List<SqlParameter> values() {
    return values;
  }

  /** Whether places are marked. */
  public boolean marks() {
    return marks;
  }

  /** A parameter's place. */
  public SqlNode place(int index) {
    return marks ? new Place(index) : constant(index);
  }

  /** A parameter's value where it decides how the statement is written. */
  public SqlNode constant(int index) {
    return ParameterLiterals.of(decisive(index));
  }

  /** A parameter's value where it decides how the statement is planned. */
  public SqlParameter decisive(int index) {
    decisive = true;
    return values.get(index);
  }

  /** Notes that a parameter says how many rows there are to be. */
  public void count(int index) {
    counts.add(index);
  }

  /** The parameters that must be counts. */
  public Set<Integer> counts() {
    return Collections.unmodifiableSet(counts);
  }

  /** Whether other values would make another statement. */
  public boolean matter() {
    return decisive;
  }

  /** The place of a value in written SQL. */
  public static final class Place extends SqlIdentifier {
    private final int index;

    private Place(int index) {
      super("parameter", SqlParserPos.ZERO);
      this.index = index;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
      writer.print(OPEN + Integer.toString(index) + CLOSE);
      writer.setNeedWhitespace(true);
    }
  }
}
