// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.alert;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import dev.sextant.activation.Destination;
import dev.sextant.activation.Destination.Batch;
import dev.sextant.activation.Destination.Operation;
import dev.sextant.activation.Destination.Row;
import dev.sextant.activation.Destination.RowResult;
import dev.sextant.activation.Run;
import dev.sextant.activation.RunListener;
import dev.sextant.activation.RunReport;
import dev.sextant.activation.run.Aside;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes alerts to the log, and sends them where the rules say, beside the runs. An alert is a row like those of syncs, with the fields {@link #FIELDS}. */
public final class Alerts implements RunListener, AutoCloseable {
  /** What an alert tells. */
  public static final List<String> FIELDS = List.of("alert", "what", "run", "message");

  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.alerts");
  private static final RetryPolicy<Object> AGAIN = RetryPolicy.builder()
      .handleIf(failure -> failure instanceof DeliveryFailure delivery
          && (delivery.advice() == Advice.RETRY || delivery.advice() == Advice.WAIT))
      .withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(30))
      .withMaxAttempts(5)
      .build();

  private final List<AlertRule> rules;
  private final Function<AlertRule, Destination> destinations;
  private final Aside aside = new Aside("alerts", Duration.ofSeconds(10));

  public Alerts(List<AlertRule> rules, Function<AlertRule, Destination> destinations) {
    this.rules = List.copyOf(rules);
    this.destinations = destinations;
  }

  @Override
  public void ended(Run run) {
    AlertKind.of(run).ifPresent(kind -> tell(kind, run.target(), run.id(), message(kind, run)));
  }

  @Override
  public void missed(Run.Target target, List<Instant> instants, String why) {
    tell(AlertKind.MISSED, target, "", instants.size() + " missed, the first at " + instants.getFirst() + ": " + why + ".");
  }

  private static String message(AlertKind kind, Run run) {
    return switch (kind) {
      case REJECTS -> run.report().count("rejected") + " rows were rejected, " + run.report().count("accepted") + " accepted.";
      case DEAD -> "Whoever worked on it, " + run.owner().orElse("a server") + ", vanished.";
      case FAILED, GUARDED, MISSED -> run.report().problem().map(RunReport.Problem::message).orElse("");
    };
  }

  private void tell(AlertKind kind, Run.Target target, String run, String message) {
    LOG.warn("{}: {}: {}", kind.label(), target, message);
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("alert", kind.label());
    fields.put("what", target.toString());
    fields.put("run", run);
    fields.put("message", message);
    String id = "alert-" + kind.label() + "-" + (run.isEmpty() ? Integer.toHexString(fields.hashCode()) : run);
    rules.stream().filter(rule -> rule.wants(kind, target)).forEach(rule -> aside.then(() -> send(rule, id, fields)));
  }

  private void send(AlertRule rule, String id, Map<String, @Nullable Object> fields) {
    try (Destination destination = destinations.apply(rule)) {
      Operation operation = destination.operations().contains(Operation.APPEND) ? Operation.APPEND : Operation.UPSERT;
      Row row = new Row(operation, "[\"" + id + "\"]", Map.of("id", id), fields, Optional.empty());
      Batch batch = new Batch(id, "alerts", String.valueOf(fields.get("run")), rule.object(), Optional.empty(), List.of(row));
      RowResult result = Failsafe.with(AGAIN).get(() -> destination.deliver(batch).getFirst());
      if (result instanceof RowResult.Rejected refused) {
        LOG.warn("Alert '{}' was not taken: {} {}", rule.name(), refused.code(), refused.message());
      }
    } catch (FailsafeException undelivered) {
      LOG.warn("Alert '{}' did not arrive: {}", rule.name(), undelivered.getMessage());
    }
  }

  @Override
  public void close() {
    aside.close();
  }
}
