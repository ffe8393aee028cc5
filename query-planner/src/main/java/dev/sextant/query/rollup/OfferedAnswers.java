// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.rollup;

import dev.sextant.model.Dimension;
import dev.sextant.model.Rollup;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.Source;
import dev.sextant.query.BoundQuery;
import dev.sextant.query.BuiltRollup;
import dev.sextant.query.RollupCatalog;
import dev.sextant.query.plan.time.Planning;
import dev.sextant.query.plan.time.Ranges;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Answers offered as rollups, each in a table that is named after its place. */
public final class OfferedAnswers implements RollupCatalog {
  /** The warehouse that the tables are said to be in. */
  public static final String PLACE = "answers";
  private static final String NAME = "answer_";

  private final Map<String, BuiltRollup> built = new LinkedHashMap<>();
  private final List<RollupTable> tables = new ArrayList<>();

  /** An answer with the number of its rows. */
  public record Offer(AnswerTable answer, long rows) {}

  private OfferedAnswers() {}

  /** Answers for a question over times, which have to tell times apart themselves. */
  public static OfferedAnswers of(List<Offer> offers) {
    OfferedAnswers all = new OfferedAnswers();
    for (int i = 0; i < offers.size(); i++) {
      all.add(i, offers.get(i), true);
    }
    return all;
  }

  /** Those answers that know no times and hold exactly the rows of the question's range, for the question without it. */
  public static OfferedAnswers ofRange(BoundQuery question, List<Offer> offers) {
    OfferedAnswers all = new OfferedAnswers();
    Planning planning = Planning.of(question);
    for (int i = 0; i < offers.size(); i++) {
      AnswerTable answer = offers.get(i).answer();
      boolean same = answer.table().grain().isEmpty() && answer.table().time().filter(time -> isSame(time, answer, planning)).isPresent();
      if (same) {
        all.add(i, offers.get(i), false);
      }
    }
    return all;
  }

  /** Whether the question's range is the answer's: a day is another one in another zone, unless dates are all that is known. */
  private static boolean isSame(Dimension.Time time, AnswerTable answer, Planning question) {
    return !question.convertsZones(time.grain())
        && question.range().map(range -> Ranges.span(range, time.grain(), question)).equals(answer.span());
  }

  private void add(int place, Offer offer, boolean bounded) {
    String name = NAME + place;
    RollupTable table = offer.answer().table();
    Rollup rollup = new Rollup(name, List.of(), List.of(), table.rollup().grain(), List.of(), Optional.empty(), table.rollup().refresh(),
        Rollup.Store.LOCAL, false, table.rollup().documentation(), table.rollup().position());
    tables.add(new RollupTable(rollup, 0, table.branch(), table.dataset(), table.time(), table.grain(), table.conditions(), table.items(),
        table.measures()));
    Optional<LocalDateTime> from = offer.answer().span().filter(any -> bounded).map(span -> span.start());
    Optional<LocalDateTime> before = offer.answer().span().filter(any -> bounded).map(span -> span.end());
    BuiltRollup.Table source = new BuiltRollup.Table(PLACE, new Source.Table(Optional.empty(), Optional.empty(), name), offer.rows());
    built.put(name, new BuiltRollup(name, name, name, List.of(source), from, before, Instant.EPOCH));
  }

  public boolean isEmpty() {
    return tables.isEmpty();
  }

  /** Which answer a table's name stands for. */
  public static int place(String name) {
    return Integer.parseInt(name.substring(NAME.length()));
  }

  /** A router that reads them; {@code exists} says whether the one at a place still can be read. */
  public RollupRouter router(SemanticModel model, IntPredicate exists) {
    return new RollupRouter(new RollupRouter.Surroundings(RollupIndex.of(model, tables), this, Instant.EPOCH, Optional.empty(),
        table -> exists.test(place(table.source().name())), warehouse -> true, false, false));
  }

  @Override
  public Optional<BuiltRollup> find(String rollup) {
    return Optional.ofNullable(built.get(rollup));
  }

  @Override
  public long version() {
    return 0;
  }
}
