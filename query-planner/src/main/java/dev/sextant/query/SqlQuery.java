// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import java.util.List;
import java.util.OptionalLong;

/**
 * A statement of semantic SQL with the values of its {@code ?} parameters in order. {@code maxRows} cuts the answer, after which nothing more is
 * read.
 */
public record SqlQuery(String sql, List<SqlParameter> parameters, OptionalLong maxRows, MetricQuery.Options options) {

  public SqlQuery {
    parameters = List.copyOf(parameters);
  }

  public SqlQuery withOptions(MetricQuery.Options others) {
    return new SqlQuery(sql, parameters, maxRows, others);
  }

  /** A statement without parameters. */
  public static SqlQuery of(String sql) {
    return new SqlQuery(sql, List.of(), OptionalLong.empty(), MetricQuery.Options.DEFAULT);
  }
}
