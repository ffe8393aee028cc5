// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.model.NearestNames;
import dev.sextant.model.SemanticModel;
import dev.sextant.query.Problem;
import dev.sextant.query.QueryIssue;
import dev.sextant.query.TableEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One version of the model as Cube's clients see it: its virtual tables are cubes and views. */
record CubeModel(SemanticModel model, List<TableEntry> tables, Map<String, CubeMember> members) {

  static CubeModel of(SemanticModel model, List<TableEntry> tables) {
    Map<String, CubeMember> members = new LinkedHashMap<>();
    tables.forEach(table -> table.columns().forEach(column -> {
      CubeMember member = new CubeMember(table, column);
      members.put(member.name(), member);
    }));
    return new CubeModel(model, List.copyOf(tables), members);
  }

  CubeMember member(String name) {
    return find(name, "Member", member -> true);
  }

  CubeMember measure(String name) {
    return find(name, "Measure", CubeMember::isMeasure);
  }

  CubeMember dimension(String name) {
    return find(name, "Dimension", member -> !member.isMeasure());
  }

  CubeMember time(String name) {
    return find(name, "Time dimension", member -> !member.isMeasure() && member.isTime());
  }

  private CubeMember find(String name, String what, Predicate<CubeMember> wanted) {
    CubeMember member = members.get(name);
    if (member == null || !wanted.test(member)) {
      List<String> near = NearestNames.to(name, members.values().stream().filter(wanted).map(CubeMember::name).toList());
      throw Problem.of(QueryIssue.UNKNOWN_COLUMN, what + " '" + name + "' is not defined." + NearestNames.question(near), near);
    }
    return member;
  }
}
