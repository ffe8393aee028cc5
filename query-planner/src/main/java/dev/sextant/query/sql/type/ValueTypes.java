// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.sql.type;

import dev.sextant.model.DataType;
import dev.sextant.model.Position;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.sql.node.Done;
import dev.sextant.query.sql.node.SqlNodes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * The types of the expressions of one statement. Columns and queries are made known, the rest follows from its parts; types that do not go together
 * are errors where they stand. Constant texts and parameters are what they are used as.
 */
public final class ValueTypes {
  private final Function<SqlNode, Position> places;
  private final List<SqlParameter> given;
  private final Map<SqlNode, DataType> known = new IdentityHashMap<>();
  private final Map<SqlNode, List<DataType>> queries = new IdentityHashMap<>();
  private final Map<Integer, DataType> used = new LinkedHashMap<>();
  private final CallTypes calls = new CallTypes(this);

  /** {@code places} tells where a node stands in the statement as written; {@code given} are the parameters' values. */
  public ValueTypes(Function<SqlNode, Position> places, List<SqlParameter> given) {
    this.places = places;
    this.given = given;
  }

  /** Says of what type a column is, or what a node was rewritten to. */
  public void put(SqlNode node, DataType type) {
    known.put(node, type);
  }

  /** Says that a name calls a function. */
  public void putCall(SqlNode name, String function) {
    known.put(name, FunctionShape.of(function).map(shape -> FunctionShape.type(shape.result())).orElse(DataType.OTHER));
  }

  /** Says what columns a query within an expression has. */
  public void putQuery(SqlNode query, List<DataType> columns) {
    queries.put(query, columns);
  }

  /** The type of an expression, OTHER where only the warehouse would know. */
  public DataType of(SqlNode node) {
    DataType found = known.get(node);
    if (found == null) {
      found = switch (node) {
        case Done done -> of(done.node());
        case SqlDynamicParam parameter -> given(parameter);
        case SqlLiteral literal -> Literals.type(literal, this);
        case SqlCall query when SqlNodes.isQuery(query) -> scalar(query);
        case SqlCall call -> calls.of(call);
        default -> DataType.OTHER;
      };
      known.put(node, found);
    }
    return found;
  }

  private DataType given(SqlDynamicParam parameter) {
    DataType type = parameter.getIndex() < given.size() ? given.get(parameter.getIndex()).type() : DataType.NULL;
    return type.kind() == DataType.Kind.NULL ? DataType.OTHER : type;
  }

  private DataType scalar(SqlCall query) {
    List<DataType> columns = columns(query);
    if (columns.size() > 1) {
      throw fault(query, "a query that stands for a value has one column; this one has " + columns.size() + ".");
    }
    return columns.isEmpty() ? DataType.OTHER : columns.getFirst();
  }

  /** The columns of a query, none where it is not known yet. */
  List<DataType> columns(SqlNode query) {
    return queries.getOrDefault(query, List.of());
  }

  Family family(SqlNode node) {
    return Family.of(of(node));
  }

  /** Checks that a node is a condition; {@code where} says what takes it. */
  public void condition(SqlNode node, String where) {
    use(node, DataType.BOOLEAN);
    if (!fits(node, Family.TRUTH)) {
      throw fault(node, where + " takes a condition, not " + family(node).words() + ". Compare it with something.");
    }
  }

  /** Checks that expressions go together and returns their common type; {@code act} says what is done with them. */
  public DataType common(List<SqlNode> nodes, String act) {
    DataType common = DataType.OTHER;
    for (SqlNode node : nodes) {
      common = isFlexible(node) ? common : wider(common, of(node));
    }
    Family wanted = Family.of(common);
    boolean text = wanted == Family.OPEN && nodes.stream().anyMatch(node -> constant(node).isPresent());
    for (SqlNode node : nodes) {
      use(node, text ? DataType.STRING : common);
      if (!fits(node, wanted)) {
        throw fault(node, family(node).words() + " cannot be " + act + " " + wanted.words() + ". CAST one of them.");
      }
    }
    return text ? DataType.STRING : common;
  }

  /** The type of values of both; the first one's where they do not go together. */
  static DataType wider(DataType one, DataType other) {
    if (Family.of(one) == Family.OPEN) {
      return other;
    }
    return Family.of(one) == Family.of(other) && rank(other) > rank(one) ? other : one;
  }

  private static int rank(DataType type) {
    return switch (type.kind()) {
      case BIGINT, TIMESTAMP -> 1;
      case DECIMAL, TIMESTAMP_TZ -> 2;
      case DOUBLE -> 3;
      case NULL, BOOLEAN, INTEGER, STRING, DATE, TIME, INTERVAL, BINARY, OTHER -> 0;
    };
  }

  /** The type of a column of a set operation; {@code place} counts from 1. */
  public DataType met(DataType one, DataType other, SqlNode at, int place) {
    Family first = Family.of(one);
    Family second = Family.of(other);
    if (first != second && first != Family.OPEN && second != Family.OPEN) {
      throw fault(at,
          "column " + place + " is " + second.words() + " in this query and " + first.words() + " in the one before it. CAST one of them.");
    }
    return wider(one, other);
  }

  /** Whether values are compared as texts. */
  public boolean areTexts(List<SqlNode> nodes) {
    boolean flexible = nodes.stream().allMatch(ValueTypes::isFlexible);
    return nodes.stream().filter(node -> flexible || !isFlexible(node)).map(this::family).anyMatch(family -> family == Family.TEXT);
  }

  /** Whether a node can stand for a value of a family; a constant text that cannot is an error of its own. */
  boolean fits(SqlNode node, Family wanted) {
    if (node.getKind() == SqlKind.ROW && wanted != Family.OPEN) {
      throw invalid(node, "a row of values cannot stand for a value.");
    }
    Family own = family(node);
    if (own == Family.OPEN || wanted == Family.OPEN || own == wanted) {
      return true;
    }
    constant(node).flatMap(text -> TextConstants.fault(text, wanted)).ifPresent(fault -> {
      throw fault(node, fault);
    });
    return own == Family.TEXT && isFlexible(node);
  }

  /** Whether a node is what it is used as. */
  static boolean isFlexible(SqlNode node) {
    return node instanceof SqlDynamicParam || node instanceof SqlCharStringLiteral;
  }

  /** The text of a constant text. */
  static Optional<String> constant(SqlNode node) {
    return node instanceof SqlCharStringLiteral literal ? Optional.of(literal.getValueAs(String.class)) : Optional.empty();
  }

  /** Notes what a node is used as, where it is a parameter. */
  public void use(SqlNode node, DataType type) {
    if (node instanceof SqlDynamicParam parameter && Family.of(type) != Family.OPEN) {
      boolean open = type.kind() == DataType.Kind.DECIMAL && type.scale() == 0;
      used.merge(parameter.getIndex(), open ? DataType.DOUBLE : type, (first, further) -> first);
    }
  }

  /** What the first so many parameters are used as, OTHER where that is open. */
  public List<DataType> parameters(int count) {
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      types.add(used.getOrDefault(i, DataType.OTHER));
    }
    return types;
  }

  /** The nodes of a list or an operand that may be one. */
  static List<SqlNode> nodes(SqlNode node) {
    return node instanceof SqlNodeList list ? list.stream().map(java.util.Objects::requireNonNull).toList() : List.of(node);
  }

  RuntimeException fault(SqlNode at, String message) {
    return Problem.at(QueryIssue.TYPE_MISMATCH, places.apply(at), message);
  }

  RuntimeException invalid(SqlNode at, String message) {
    return Problem.at(QueryIssue.INVALID_SQL, places.apply(at), message);
  }
}
