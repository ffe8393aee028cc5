// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.run;

import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunKind;
import dev.sextant.model.Calendar;
import dev.sextant.model.Project;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A server that stands still in the middle of a transaction. */
class HeldUpServerTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @TempDir private Path folder;

  @Test
  @Timeout(120)
  void itsRunIsTakenOverAllTheSame() throws SQLException {
    Map<String, String> settings = new LinkedHashMap<>(TestDatabase.POSTGRES.settings());
    settings.put("runs.patience", PATIENCE.toSeconds() + "s");
    Project project = new Project("tested", folder, Calendar.ISO, List.of(), List.of(), settings);
    try (HikariDataSource one = StoreConnections.open(project); HikariDataSource two = StoreConnections.open(project);
        Connection held = one.getConnection()) {
      Run.Wanted wanted = Run.Wanted.now(new Run.Target(RunKind.SYNC, "crm"), Run.Trigger.MANUAL, NOON);
      Run run = new SqlRunStore(one).begin(wanted, "elsewhere:1:1", NOON).orElseThrow();
      held.setAutoCommit(false);
      try (Statement statement = held.createStatement()) {
        statement.executeUpdate("update runs set heartbeat_at = heartbeat_at where id = '" + run.id() + "'");
      }

      assertThat(new SqlRunStore(two).bury(Optional.empty(), PATIENCE, NOON.plus(PATIENCE).plusSeconds(1))).extracting(Run::id)
          .containsExactly(run.id());
      assertThatThrownBy(held::commit).isInstanceOf(SQLException.class);
    }
  }
}
