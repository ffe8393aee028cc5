// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.Scope;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** An edge is told once; the same entity tells it again after it went the other way. */
class TriggerTest {
  private static final String BOTH = "select * from (values (1, 'a@x', 10.50), (2, 'b@x', 99.00)) t(customer, email, revenue)";
  private static final String NEW_ONE = BOTH + " union all select 3, 'c@x', 500.00";

  @TempDir private Path folder;
  private Receiver receiver;
  private Syncing syncing;
  private int seen;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
    syncing = Syncing.of(folder, "webhook", Map.of("url", receiver.url(), "batch_size", "2"));
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  /** The keys that a run sent. */
  private List<String> told(Syncing trigger, String rows) {
    trigger.run(rows);
    List<JsonNode> bodies = receiver.bodies();
    List<String> keys = bodies.subList(seen, bodies.size())
        .stream()
        .flatMap(body -> StreamSupport.stream(body.path("rows").spliterator(), false))
        .map(row -> row.path("key").path("customer").asText())
        .sorted()
        .toList();
    seen = bodies.size();
    return keys;
  }

  @Test
  void whoEntersIsToldOnce() {
    Syncing enter = syncing.with(new Sync.Trigger.Enter());
    assertThat(told(enter, BOTH)).as("the first run only looks").isEmpty();
    assertThat(told(enter, NEW_ONE)).containsExactly("3");
    assertThat(told(enter, NEW_ONE.replace("500.00", "501.00"))).as("a change is no edge").isEmpty();
    assertThat(told(enter, BOTH)).as("leaving is another edge").isEmpty();
    assertThat(told(enter, NEW_ONE)).as("who comes again is told again").containsExactly("3");
    assertThat(receiver.requests().stream().map(request -> request.getRequestHeaders().getFirst("webhook-id"))).doesNotHaveDuplicates();
  }

  /** Another server, or the same one without its copies, knows from the store who was inside. */
  @Test
  void anEdgeIsToldOnceAlsoWhenTheNextRunIsAnotherServers() throws IOException {
    for (Sync.Trigger trigger : List.of(new Sync.Trigger.Enter(), new Sync.Trigger.Crosses("revenue", new BigDecimal("400"), true))) {
      Syncing one = syncing.with(trigger).with(new RememberedLedger());
      told(one, BOTH);
      restart();
      assertThat(told(one, NEW_ONE)).containsExactly("3");
      restart();
      assertThat(told(one, NEW_ONE)).isEmpty();
      restart();
      assertThat(told(one, BOTH)).isEmpty();
      restart();
      assertThat(told(one, NEW_ONE)).containsExactly("3");
      restart();
    }
  }

  private void restart() throws IOException {
    Files.delete(folder.resolve("state.duckdb"));
  }

  @Test
  void whoLeavesIsToldOnce() {
    Syncing leave = syncing.with(new Sync.Trigger.Leave());
    assertThat(told(leave, NEW_ONE)).isEmpty();
    assertThat(told(leave, BOTH)).containsExactly("3");
    assertThat(told(leave, BOTH)).isEmpty();
    assertThat(told(leave, NEW_ONE)).isEmpty();
    assertThat(told(leave, BOTH)).containsExactly("3");
  }

  @Test
  void whoCrossesAThresholdIsToldOnceWithTheValueOfTheMoment() {
    Syncing above = syncing.with(new Sync.Trigger.Crosses("revenue", new BigDecimal("100"), true));
    assertThat(told(above, BOTH)).isEmpty();
    assertThat(told(above, BOTH.replace("99.00", "100.00"))).as("100 is not above 100").isEmpty();
    assertThat(told(above, BOTH.replace("99.00", "100.01"))).containsExactly("2");
    assertThat(receiver.rows()).containsEntry("{\"customer\":2}", "{\"email\":\"b@x\",\"lifetime_value\":100.01,\"source\":\"sextant\"}");
    assertThat(told(above, BOTH.replace("99.00", "300.00"))).isEmpty();
    assertThat(told(above, BOTH)).isEmpty();
    assertThat(told(above, NEW_ONE.replace("99.00", "101.00"))).as("a new one above, and one above again").containsExactly("2", "3");
  }

  @Test
  void whoFallsBelowAThresholdIsTold() {
    Syncing below = syncing.with(new Sync.Trigger.Crosses("revenue", new BigDecimal("50"), false));
    assertThat(told(below, BOTH)).isEmpty();
    assertThat(told(below, BOTH.replace("99.00", "1.00"))).containsExactly("2");
    assertThat(told(below, BOTH.replace("10.50", "null"))).as("null is not below").isEmpty();
    assertThat(told(below, BOTH)).containsExactly("1");
  }

  @Test
  void anotherThresholdBeginsAnew() {
    told(syncing.with(new Sync.Trigger.Crosses("revenue", new BigDecimal("100"), true)), BOTH);
    Syncing lower = syncing.with(new Sync.Trigger.Crosses("revenue", new BigDecimal("5"), true));
    assertThat(told(lower, BOTH)).as("nobody crossed anything").isEmpty();
    assertThat(told(lower, NEW_ONE)).containsExactly("3");
  }

  @Test
  void anEdgeThatDidNotArriveIsToldByTheNextRun() {
    Syncing enter = syncing.with(new Sync.Trigger.Enter());
    told(enter, BOTH);
    receiver.refuse("{\"customer\":3}");
    enter.run(NEW_ONE);
    receiver.refuseNothing();
    seen = receiver.bodies().size();
    assertThat(told(enter, NEW_ONE)).containsExactly("3");
  }

  @Test
  void everyoneInsideIsToldWhenAllIsAskedFor() {
    Syncing enter = syncing.with(new Sync.Trigger.Enter());
    told(enter, BOTH);
    RunReport all = enter.run(BOTH, new TestRun(Scope.ALL)).report();
    assertThat(all.counters()).containsEntry("accepted", 2L);
  }
}
