// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.bind;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is wrong with the parts of a question, so that the asker hears of all of it at once. */
final class Gathered {
  private final List<Issue> issues = new ArrayList<>();

  /** What {@code work} makes of each, without those it refuses. */
  <A, B> List<B> each(Collection<A> all, Function<A, B> work) {
    List<B> results = new ArrayList<>();
    all.forEach(one -> ask(() -> work.apply(one)).ifPresent(results::add));
    return results;
  }

  /** Checks each, also after one is refused. */
  <A> void check(Collection<A> all, Consumer<A> check) {
    all.forEach(one -> {
      try {
        check.accept(one);
      } catch (SextantException refused) {
        issues.addAll(refused.issues());
      }
    });
  }

  <T> Optional<T> ask(Supplier<T> work) {
    try {
      return Optional.of(Objects.requireNonNull(work.get()));
    } catch (SextantException refused) {
      issues.addAll(refused.issues());
      return Optional.empty();
    }
  }

  /** Throws what was gathered, if anything was. */
  void complain() {
    if (!issues.isEmpty()) {
      throw new SextantException(issues.stream().distinct().toList());
    }
  }
}
