// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.query.MetricQuery;
import java.util.List;
import java.util.OptionalLong;

/** A query of Cube's as a metric query, and which of its columns the client's answer shows under which names. */
record CubeQuestion(CubeQuery query, MetricQuery asked, List<Shown> columns) {

  /** A member under the name of its column, and the place of that column in our answer. */
  record Shown(String key, CubeMember member, int place) {}

  CubeQuestion {
    columns = List.copyOf(columns);
  }

  /** The same without order, limit and offset. */
  MetricQuery unlimited() {
    return new MetricQuery(asked.metrics(), asked.groupBy(), asked.where(), asked.having(), List.of(), OptionalLong.empty(),
        OptionalLong.empty(), asked.timeRange(), asked.timeZone(), asked.savedQuery(), asked.mode(), asked.extras(), asked.options());
  }
}
