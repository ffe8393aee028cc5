// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.CustomGrain;
import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Grain;
import dev.sextant.model.JoinPath;
import dev.sextant.model.TimeGrain;
import dev.sextant.query.ItemName;
import dev.sextant.query.Member;
import dev.sextant.query.plan.rows.MemberKey;
import dev.sextant.query.plan.time.Planning;
import java.util.Optional;

/**
 * What a name in a question means seen from a dataset: its own time, or a member. Times say which grain's periods must be told apart to know
 * them, and whether they are seen in the question's time zone rather than as they are stored.
 */
record Named(ItemName name, Optional<Member> member, String memberKey, Optional<TimeGrain> own, Optional<TimeGrain> grain) {

  static Named of(ItemName name, Dataset dataset, Optional<Dimension.Time> time, Planning planning) {
    if (name.isMetricTime()) {
      TimeGrain own = time.map(Dimension.Time::grain).orElse(TimeGrain.DAY);
      return new Named(name, Optional.empty(), ItemName.METRIC_TIME, Optional.of(own),
          Optional.of(needed(name, TimeGrain.coarser(own, TimeGrain.DAY))));
    }
    Member member = planning.finder().find(dataset, name);
    if (member instanceof Member.Attribute attribute && attribute.dimension() instanceof Dimension.Time dimension) {
      boolean isOwn = member.path().length() == 0 && time.filter(one -> one.name().equals(dimension.name())).isPresent();
      return new Named(name, isOwn ? Optional.empty() : Optional.of(member), MemberKey.of(member), Optional.of(dimension.grain()),
          Optional.of(needed(name, dimension.grain())));
    }
    return new Named(name, Optional.of(member), MemberKey.of(member), Optional.empty(), Optional.empty());
  }

  private static TimeGrain needed(ItemName name, TimeGrain unnamed) {
    return name.part().map(dev.sextant.model.DatePart::coarsestGrain).orElseGet(() -> standard(name.grain().orElse(unnamed)));
  }

  private static TimeGrain standard(Grain grain) {
    return switch (grain) {
      case TimeGrain standard -> standard;
      case CustomGrain custom -> custom.base();
    };
  }

  boolean isOwnTime() {
    return member.isEmpty();
  }

  /** The same text for all spellings of what it means, seen from where {@code before} starts. */
  String key(JoinPath before) {
    String at = name.part().map(part -> "@" + part.label()).orElseGet(() -> grain.map(one -> "@" + label(one)).orElse(""));
    return member.map(one -> MemberKey.of(before, one)).orElse(ItemName.METRIC_TIME) + at;
  }

  private String label(TimeGrain needed) {
    return name.grain().filter(CustomGrain.class::isInstance).map(Grain::label).orElse(needed.label());
  }

  /** How messages call it. */
  String shown() {
    return name.full();
  }
}
