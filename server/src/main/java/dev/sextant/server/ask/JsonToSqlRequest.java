// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import dev.sextant.model.DataType;
import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.SqlParameter;
import dev.sextant.query.SqlQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the body of {@code POST /v1/sql}; everything wrong with it is told at once. */
public final class JsonToSqlRequest {

  /** The keys of a request. */
  public static final List<String> KEYS = List.of("sql", "parameters", "max_rows", "prepare", "max_age", "cache", "rollups", "timeout");

  private static final List<
      String> TYPES = Arrays.stream(DataType.Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");

  private JsonToSqlRequest() {}

  /** Reads a request, or throws its issues. */
  public static SqlRequest read(String text) {
    List<Issue> issues = new ArrayList<>();
    Fields fields = RequestFields.read(text, KEYS, "{\"sql\": \"select ..\"}", issues);
    if (fields.isAbsent("sql")) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, fields.at(), "'sql' is missing."));
    }
    SqlQuery query = new SqlQuery(fields.text("sql").orElse(""), parameters(fields, issues), fields.count("max_rows"),
        RequestFields.options(fields));
    SqlRequest request = new SqlRequest(query, RequestFields.timeout(fields), fields.flag("prepare", false));
    if (!issues.isEmpty()) {
      throw new SextantException(issues);
    }
    return request;
  }

  /** Whether a body is meant for this reader: an object with a {@code sql}. */
  public static boolean isMeantBy(String text) {
    return JsonReader.read(text) instanceof Json.Object object && object.members().stream().anyMatch(member -> member.key().equals("sql"));
  }

  private static List<SqlParameter> parameters(Fields fields, List<Issue> issues) {
    return fields.list("parameters", "a list").stream().map(json -> parameter(json, issues)).toList();
  }

  /** A parameter is a plain JSON value, or {@code {"type", "value"}} where JSON has no such type. */
  private static SqlParameter parameter(Json json, List<Issue> issues) {
    return switch (json) {
      case Json.Null absent -> SqlParameter.NULL;
      case Json.Text text -> new SqlParameter(DataType.STRING, text.value());
      case Json.Flag flag -> new SqlParameter(DataType.BOOLEAN, String.valueOf(flag.value()));
      case Json.Number number -> new SqlParameter(numberType(number.text()), number.text());
      case Json.Object object -> typed(object, issues);
      case Json.Array array -> {
        issues
            .add(Issue.of(QueryIssue.INVALID_REQUEST, array.at(), "A parameter is a value or an object with type and value, not a list."));
        yield SqlParameter.NULL;
      }
    };
  }

  private static DataType numberType(String text) {
    return WHOLE.matcher(text).matches() ? DataType.BIGINT : DECIMAL.matcher(text).matches() ? decimal(text) : DataType.DOUBLE;
  }

  private static DataType decimal(String text) {
    String digits = text.replace("-", "");
    int scale = digits.contains(".") ? digits.length() - digits.indexOf('.') - 1 : 0;
    return DataType.decimal(Math.max(1, digits.length() - (scale > 0 ? 1 : 0)), scale);
  }

  private static SqlParameter typed(Json.Object object, List<Issue> issues) {
    Fields fields = new Fields(object, List.of("type", "value"), issues);
    Optional<String> type = fields.text("type").map(name -> name.toLowerCase(Locale.ROOT));
    if (type.isEmpty() || !TYPES.contains(type.get())) {
      issues.add(Issue.of(QueryIssue.INVALID_REQUEST, object.at(), "A parameter's 'type' is one of " + String.join(", ", TYPES) + "."));
      return SqlParameter.NULL;
    }
    if (fields.isAbsent("value")) {
      return SqlParameter.NULL;
    }
    String value = fields.text("value").orElse("");
    DataType.Kind kind = DataType.Kind.valueOf(type.get().toUpperCase(Locale.ROOT));
    return new SqlParameter(kind == DataType.Kind.DECIMAL ? decimal(value) : new DataType(kind, 0, 0), value);
  }
}
