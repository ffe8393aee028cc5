// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query.warehouse.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sextant.query.QueryControl;
import dev.sextant.query.QueryIssue;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class PostgresSessionTest {

  @Test
  void aStoppedQueryDoesNotWaitForAHostThatDoesNotAnswer() throws IOException {
    HikariConfig config = new HikariConfig();
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(3_000);
    config.addDataSourceProperty("socketTimeout", "3");
    QueryControl control = QueryControl.unlimited("q");
    try (ServerSocket silent = new ServerSocket(0)) {
      config.setJdbcUrl("jdbc:postgresql://localhost:" + silent.getLocalPort() + "/db");
      try (HikariDataSource pool = new HikariDataSource(config)) {
        Instant start = Instant.now();
        Thread.ofVirtual().start(() -> {
          LockSupport.parkNanos(200_000_000);
          control.stop(QueryIssue.CANCELLED);
        });
        assertThatThrownBy(() -> PostgresSession.open(pool, control)).isInstanceOf(SQLException.class);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
      }
    }
  }
}
