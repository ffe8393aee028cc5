// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunContext;
import dev.sextant.activation.run.Owner;
import dev.sextant.activation.run.Runner;
import dev.sextant.activation.run.SqlRunStore;
import dev.sextant.activation.run.SqlSyncLedger;
import dev.sextant.activation.run.StoreConnections;
import dev.sextant.model.Calendar;
import dev.sextant.model.Project;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A process that runs one sync once, to be killed: {@code folder url rows}. */
final class SyncOnce {
  private SyncOnce() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    Project project = new Project("killed", folder, Calendar.ISO, List.of(), List.of(), Map.of());
    HikariDataSource source = StoreConnections.open(project);
    Syncing syncing = Syncing.of(folder, "webhook", Map.of("url", arguments[1], "batch_size", "50"))
        .with(new SqlSyncLedger(source, InstantSource.system()));
    Activity activity = new Activity() {
      @Override
      public Run.Target target() {
        return new Run.Target(dev.sextant.activation.RunKind.SYNC, "crm");
      }

      @Override
      public Outcome perform(RunContext context) {
        return syncing.activity(rows(Integer.parseInt(arguments[2]))).perform(context);
      }
    };
    try (source;
        Runner runner = new Runner(new SqlRunStore(source), InstantSource.system(), Owner.here(), Runner.PATIENCE, List.of())) {
      Run run = runner.begin(activity, Run.Wanted.now(activity.target(), Run.Trigger.MANUAL, Instant.now())).work();
      System.out.println(run.state() + " " + run.report());
      System.exit(run.state().isSuccess() ? 0 : 1);
    }
  }

  static String rows(int count) {
    return "select i as customer, i || '@x' as email, cast(i as decimal(10, 2)) as revenue from range(" + count + ") r(i)";
  }
}
