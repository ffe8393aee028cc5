// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.door;

import dev.sextant.conformance.Answer;
import dev.sextant.conformance.DoorUnderTest;
import dev.sextant.conformance.Question;
import dev.sextant.conformance.Table;
import dev.sextant.conformance.Value;
import dev.sextant.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Asks Arrow Flight SQL with Arrow's own client: statements as they are, metric queries as dbt's {@code semantic_layer.query} where it can say them. */
public final class FlightClientDoor implements DoorUnderTest {
  private static final Pattern COMPLAINT = Pattern.compile("(?m)^([A-Z_]+)(?: at [^\\n]*?\\d+:\\d+)?: (.*)$");

  private final BufferAllocator memory = new RootAllocator();
  private final FlightClient connection;
  private final FlightSqlClient client;

  public FlightClientDoor(int port) {
    this.connection = FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", port)).build();
    this.client = new FlightSqlClient(connection);
  }

  @Override
  public String name() {
    return "flight";
  }

  @Override
  public boolean takes(Question question) {
    return switch (question) {
      case Question.Metrics metrics -> MetricQueryToTemplate.write(metrics.query()).isPresent();
      case Question.Sql sql -> true;
    };
  }

  @Override
  public Answer ask(Question question) {
    return switch (question) {
      case Question.Metrics metrics -> inOwnWords(ask(MetricQueryToTemplate.write(metrics.query()).orElseThrow()));
      case Question.Sql sql -> ask(sql.statement());
    };
  }

  /** A translated question is refused in words of its translation. */
  private static Answer inOwnWords(Answer answer) {
    return answer instanceof Answer.Refusal refusal
        ? new Answer.Refusal(refusal.complaints().stream().map(each -> new Answer.Complaint(each.code(), "", each.position())).toList())
        : answer;
  }

  private Answer ask(String sql) {
    List<Table.Column> columns = new ArrayList<>();
    List<List<Value>> rows = new ArrayList<>();
    try {
      for (FlightEndpoint endpoint : client.execute(sql).getEndpoints()) {
        try (FlightStream stream = client.getStream(endpoint.getTicket())) {
          columns = ArrowTables.columns(stream.getSchema());
          while (stream.next()) {
            rows.addAll(ArrowTables.rows(stream.getRoot()));
          }
        }
      }
      return new Answer.Rows(new Table(columns, rows));
    } catch (FlightRuntimeException e) {
      return new Answer.Refusal(complaints(String.valueOf(e.status().description())));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Answer.Complaint> complaints(String text) {
    List<Answer.Complaint> complaints = new ArrayList<>();
    Matcher complaint = COMPLAINT.matcher(text);
    while (complaint.find()) {
      complaints.add(new Answer.Complaint(complaint.group(1), complaint.group(2), Position.NOWHERE));
    }
    return complaints.isEmpty() ? List.of(new Answer.Complaint("NO_CODE", text, Position.NOWHERE)) : complaints;
  }

  @Override
  public void close() {
    try {
      client.close();
      connection.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      memory.close();
    }
  }
}
