// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.sql.CancelResult;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Long answers: whole, broken, cancelled, and to clients that read slowly. */
class FlightStreamTest {
  private static final String FIVE_MILLION = "SELECT big, big__customer_name, big__size FROM big";

  @TempDir private Path folder;
  private FlightUnderTest flight;
  private FlightSqlClient client;

  @BeforeEach
  void open() throws Exception {
    flight = FlightUnderTest.open(folder);
    client = flight.client();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    flight.close();
  }

  private FlightStream stream(FlightInfo info) {
    return client.getStream(info.getEndpoints().getFirst().getTicket());
  }

  private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
    Instant latest = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(latest);
      Thread.sleep(20);
    }
  }

  private void waitUntilNothingRuns() throws InterruptedException {
    waitUntil(() -> flight.operations().queries().count() == 0);
  }

  @Test
  void everyRowOfAMillionArrivesOnceThoughTheReaderIsSlow() throws Exception {
    long rows = 0;
    long sum = 0;
    try (FlightStream stream = stream(client.execute(FIVE_MILLION + " LIMIT 1000000"))) {
      while (stream.next()) {
        BigIntVector ids = (BigIntVector) stream.getRoot().getVector(0);
        for (int row = 0; row < stream.getRoot().getRowCount(); row++) {
          sum += ids.get(row);
        }
        rows += stream.getRoot().getRowCount();
        Thread.sleep(rows < 400_000 ? 20 : 0);
      }
    }
    assertThat(rows).isEqualTo(1_000_000);
    assertThat(sum).isPositive();
    waitUntilNothingRuns();
  }

  @Test
  void aFlightIsFetchedAgainAsSoonAsItWasRead() throws Exception {
    FlightInfo info = client.execute(FIVE_MILLION + " LIMIT 10");
    for (int i = 0; i < 100; i++) {
      assertThat(FlightUnderTest.read(client, info).rows()).hasSize(10);
    }
    waitUntilNothingRuns();
  }

  @Test
  void aFailureAtRow900000IsAnErrorNeverAnEnd() throws Exception {
    long[] rows = {0};
    assertThatThrownBy(() -> {
      try (FlightStream stream = stream(client.execute("SELECT fail__payload FROM failing"))) {
        while (stream.next()) {
          rows[0] += stream.getRoot().getRowCount();
        }
      }
    }).isInstanceOf(FlightRuntimeException.class).hasMessageContaining("row 899999 is broken");
    assertThat(rows[0]).isBetween(1L, 899_999L);
    waitUntilNothingRuns();
  }

  @Test
  void aFailureBeforeTheFirstRowIsAnErrorToo() {
    assertThatThrownBy(() -> FlightUnderTest.ask(client, "SELECT CAST(sale__country AS INTEGER) FROM sales"))
        .isInstanceOf(FlightRuntimeException.class)
        .hasMessageContaining("DE");
  }

  @Test
  void aClientThatLeavesStopsItsQuery() throws Exception {
    FlightStream stream = stream(client.execute(FIVE_MILLION));
    assertThat(stream.next()).isTrue();
    assertThat(flight.operations().queries().count()).isEqualTo(1);
    stream.cancel("enough", null);
    waitUntilNothingRuns();
    assertThatThrownBy(() -> {
      while (stream.next()) {
        continue;
      }
    }).isInstanceOf(FlightRuntimeException.class);
    stream.close();
  }

  @Test
  void aDeadlineOfTheClientStopsItsQuery() throws Exception {
    FlightInfo info = client.execute(FIVE_MILLION);
    try (FlightStream stream = client.getStream(info.getEndpoints().getFirst().getTicket(),
        CallOptions.timeout(500, java.util.concurrent.TimeUnit.MILLISECONDS))) {
      assertThatThrownBy(() -> {
        while (stream.next()) {
          Thread.sleep(20);
        }
      }).isInstanceOfSatisfying(FlightRuntimeException.class, e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.TIMED_OUT));
    }
    waitUntilNothingRuns();
  }

  @Test
  void queriesAreCancelledByTheirFlightInfo() throws Exception {
    FlightInfo info = client.execute(FIVE_MILLION);
    try (FlightStream stream = stream(info)) {
      assertThat(stream.next()).isTrue();
      assertThat(client.cancelFlightInfo(new CancelFlightInfoRequest(info)).getStatus()).isEqualTo(CancelStatus.CANCELLED);
      assertThatThrownBy(() -> {
        while (stream.next()) {
          continue;
        }
      }).isInstanceOfSatisfying(FlightRuntimeException.class, e -> assertThat(e.status().code()).isEqualTo(FlightStatusCode.CANCELLED));
    }
    waitUntilNothingRuns();
    assertThat(client.cancelFlightInfo(new CancelFlightInfoRequest(info)).getStatus()).isEqualTo(CancelStatus.NOT_CANCELLABLE);
  }

  @Test
  @SuppressWarnings("deprecation")
  void theOlderCancelWorksToo() throws Exception {
    FlightInfo info = client.execute(FIVE_MILLION);
    try (FlightStream stream = stream(info)) {
      assertThat(stream.next()).isTrue();
      assertThat(client.cancelQuery(info)).isEqualTo(CancelResult.CANCELLED);
    }
    waitUntilNothingRuns();
  }

  @Test
  void aSlowClientHoldsBackTheWarehouse() throws Exception {
    try (FlightStream stream = stream(client.execute(FIVE_MILLION))) {
      assertThat(stream.next()).isTrue();
      Thread.sleep(Duration.ofMillis(700));
      long rows = flight.operations().queries().list().getFirst().rows();
      assertThat(rows).isLessThan(2_500_000);
      stream.cancel("seen enough", null);
    }
    waitUntilNothingRuns();
  }
}
