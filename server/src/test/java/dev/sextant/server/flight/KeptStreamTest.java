// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.server.flight.FlightUnderTest.Answer;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers that are kept, on their way to Flight clients. */
class KeptStreamTest {
  private static final String MANY = "SELECT big, big__customer_name, big__weight FROM big ORDER BY big LIMIT 30000";

  @Test
  void areTheSameEachTimeAndSayHowTheyCameAbout(@TempDir Path folder) throws Exception {
    try (FlightUnderTest flight = FlightUnderTest.open(folder, "http: 0\ncache: {max_age: 1h}"); FlightSqlClient client = flight.client()) {
      Answer first = FlightUnderTest.ask(client, MANY);
      assertThat(first.schema().getCustomMetadata()).containsEntry("sextant.cache", "miss");
      for (int i = 0; i < 3; i++) {
        Answer again = FlightUnderTest.ask(client, MANY);
        assertThat(again.schema().getCustomMetadata()).containsEntry("sextant.cache", "hit").containsKey("sextant.age_ms");
        assertThat(again.rows()).hasSize(30_000).isEqualTo(first.rows());
      }
    }
  }

  @Test
  void goOnWhileTheyAreForgotten(@TempDir Path folder) throws Exception {
    try (FlightUnderTest flight = FlightUnderTest.open(folder, "http: 0\ncache: {max_age: 1h}"); FlightSqlClient client = flight.client()) {
      List<List<String>> rows = FlightUnderTest.ask(client, MANY).rows();
      try (FlightStream stream = client.getStream(client.execute(MANY).getEndpoints().getFirst().getTicket())) {
        int read = 0;
        while (stream.next()) {
          flight.project().cache().orElseThrow().everythingChanged();
          for (int row = 0; row < stream.getRoot().getRowCount(); row++, read++) {
            assertThat(stream.getRoot().getVector(1).getObject(row)).hasToString(rows.get(read).get(1));
          }
        }
        assertThat(read).isEqualTo(30_000);
      }
    }
  }
}
