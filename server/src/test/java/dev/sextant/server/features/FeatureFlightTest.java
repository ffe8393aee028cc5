// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Stored features as an Arrow stream. */
class FeatureFlightTest {

  @TempDir private Path folder;

  @Test
  void aTicketIsTheRequest() throws Exception {
    DriversProject.write(folder, "");
    try (FeatureClient client = new FeatureClient(folder); RootAllocator memory = new RootAllocator()) {
      client.run("activity");
      try (FlightClient flight = FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", client.server().flightPort().get()))
          .build()) {
        try (FlightStream stream = flight.getStream(
            ticket("{\"view\": \"activity\", \"keys\": [{\"driver\": 1}, {\"driver\": 2}, {\"driver\": 9}]}"))) {
          assertThat(stream.next()).isTrue();
          assertThat(stream.getSchema().getFields()).extracting(field -> field.getName())
              .containsExactly("driver", "as_of", "event_time", "trips_7d", "trips_7d__status", "fares_30d", "fares_30d__status", "name",
                  "name__status", "twice", "twice__status");
          assertThat(column(stream, "driver")).isEqualTo(List.of("1", "2", "9"));
          assertThat(column(stream, "fares_30d")).isEqualTo(List.of("10.75", "9007199254740993.00", "null"));
          assertThat(column(stream, "name__status")).isEqualTo(List.of("PRESENT", "NULL", "NOT_FOUND"));
          assertThat(stream.next()).isFalse();
        }
        assertThatThrownBy(() -> {
          try (FlightStream stream = flight.getStream(ticket("{\"view\": \"activty\", \"keys\": []}"))) {
            stream.next();
          }
        }).isInstanceOf(FlightRuntimeException.class).hasMessageContaining("Did you mean 'activity'?");
      }
    }
  }

  private static Ticket ticket(String request) {
    return new Ticket(request.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> column(FlightStream stream, String name) {
    FieldVector vector = stream.getRoot().getVector(name);
    return java.util.stream.IntStream.range(0, vector.getValueCount()).mapToObj(row -> String.valueOf(vector.getObject(row))).toList();
  }
}
