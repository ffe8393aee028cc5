// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.check;

import dev.sextant.model.Issues;
import dev.sextant.model.build.Draft;
import java.util.List;

/** All rules that models must keep. */
public final class ModelChecks {
  private static final List<ModelCheck> ALL = List.of(
      new NamesAreValid(), new NamesAreUnique(), new LabelsAreUnique(), new EntitiesFit(), new ValidityIsComplete(),
      new TimeDimensionsExist(),
      new MeasuresFit(), new ExpressionsAreScalar(), new DimensionsAreUniquePerEntity(), new TimeSpinesFit(), new MetricInputsExist(),
      new MetricsHaveNoCycles(), new DerivedExpressionsFit(), new CumulativesFit(), new ConversionsFit(), new DefaultGrainsFit(),
      new FiltersFit(), new QueriesFit(), new ViewsFit(), new RollupsFit(), new FeaturesFit(), new SyncsFit(), new PoliciesFit());

  private ModelChecks() {}

  /** Adds everything that is wrong with a draft to {@code issues}. */
  public static void run(Draft draft, Issues issues) {
    ALL.forEach(check -> check.check(draft, issues));
  }
}
