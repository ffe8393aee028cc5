// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.plan.rows;

import dev.sextant.model.JoinPath;
import dev.sextant.model.JoinStep;
import dev.sextant.query.Member;
import java.util.stream.Collectors;

/** What a name means, as a text that is the same for all spellings: the way from the base, and the element at its end. */
public final class MemberKey {
  private MemberKey() {}

  public static String of(Member member) {
    return of(JoinPath.HERE, member);
  }

  /** The key seen from where {@code before} starts, for a member seen from its end. */
  public static String of(JoinPath before, Member member) {
    String element = switch (member) {
      case Member.Attribute attribute -> attribute.dimension().name();
      case Member.Key key -> "key " + key.entity().name();
    };
    return way(before) + way(member.path()) + member.dataset().name() + "." + element;
  }

  private static String way(JoinPath path) {
    return path.steps().stream().map(MemberKey::step).collect(Collectors.joining());
  }

  private static String step(JoinStep step) {
    return step.from().name() + "." + step.left().name() + "=" + step.to().name() + "." + step.right().name() + "/";
  }
}
