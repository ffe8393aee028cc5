// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.compare.TableDifference;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether all doors answer alike: the same names, rows and errors. */
final class AnswersAgree {
  private static final double TOLERANCE = 1e-9;

  private AnswersAgree() {}

  static Optional<String> among(Map<String, Answer> answers, boolean ordered) {
    Iterator<Map.Entry<String, Answer>> entries = answers.entrySet().iterator();
    Map.Entry<String, Answer> first = entries.next();
    while (entries.hasNext()) {
      Map.Entry<String, Answer> other = entries.next();
      Optional<String> difference = difference(first.getValue(), other.getValue(), ordered);
      if (difference.isPresent()) {
        return difference.map(text -> "'" + other.getKey() + "' answers unlike '" + first.getKey() + "': " + text);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> difference(Answer expected, Answer actual, boolean ordered) {
    if (expected instanceof Answer.Rows a && actual instanceof Answer.Rows b) {
      return a.table().columns().equals(b.table().columns())
          ? new TableDifference(TOLERANCE, ordered).between(a.table(), b.table())
          : Optional.of("expected the columns " + a.table().columns() + ", got " + b.table().columns());
    }
    if (expected instanceof Answer.Refusal a && actual instanceof Answer.Refusal b
        && b.complaints().stream().allMatch(each -> each.message().isEmpty())) {
      return codes(a).equals(codes(b)) ? Optional.empty() : Optional.of("expected " + codes(a) + ", got " + codes(b));
    }
    return text(expected).equals(text(actual)) ? Optional.empty() : Optional.of("expected " + text(expected) + ", got " + text(actual));
  }

  private static Set<String> codes(Answer.Refusal refusal) {
    return refusal.complaints().stream().map(Answer.Complaint::code).collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> text(Answer answer) {
    return switch (answer) {
      case Answer.Rows rows -> List.of(rows.table().rows().size() + " rows");
      case Answer.Refusal refusal -> refusal.complaints().stream().map(complaint -> complaint.code() + ": " + complaint.message()).toList();
    };
  }
}
