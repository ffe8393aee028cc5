// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import dev.sextant.activation.Reject;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A run that leaves no trace, and that nobody follows or stops. */
public final class UnfollowedRun implements RunContext {
  private static final int MOST_REJECTS = 10;

  private final List<Reject> rejects = new ArrayList<>();
  private final String id = UUID.randomUUID().toString();

  @Override
  public String runId() {
    return id;
  }

  @Override
  public void check() {
    // It ends by itself.
  }

  @Override
  public void onStop(Runnable listener) {
    // It ends by itself.
  }

  @Override
  public void progress(RunReport report) {
    // Its end is all that is told.
  }

  /** All are counted, some are kept. */
  @Override
  public void reject(List<Reject> rows) {
    rows.stream().limit(MOST_REJECTS - rejects.size()).forEach(rejects::add);
  }

  public List<Reject> rejects() {
    return List.copyOf(rejects);
  }
}
