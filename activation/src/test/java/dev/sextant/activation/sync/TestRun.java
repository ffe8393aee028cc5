// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.Reject;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.Scope;
import java.util.ArrayList;
import java.util.List;

/** A run that nobody stops, and what it rejected. */
final class TestRun implements RunContext {
  private final List<Reject> rejects = new ArrayList<>();
  private final Scope scope;

  TestRun() {
    this(Scope.CHANGES);
  }

  TestRun(Scope scope) {
    this.scope = scope;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  List<Reject> rejects() {
    return rejects;
  }

  @Override
  public String runId() {
    return "run-1";
  }

  @Override
  public void check() {
    // Nobody stops it.
  }

  @Override
  public void onStop(Runnable listener) {
    // Nobody stops it.
  }

  @Override
  public void progress(RunReport report) {
    // The report at the end is enough.
  }

  @Override
  public void reject(List<Reject> rows) {
    rejects.addAll(rows);
  }
}
