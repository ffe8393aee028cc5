// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import dev.sextant.activation.Destination.Operation;
import dev.sextant.activation.Destination.Row;
import dev.sextant.activation.Destination.RowResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Upserts by one ingest job of Bulk API 2.0: CSV up, wait, results down. Results come in any order and are found again by the external id. */
final class SalesforceBulk {
  private static final String CSV = "text/csv";
  /** What empties a field; an empty cell would leave it as it is. */
  private static final String EMPTIED = "#N/A";

  private final SalesforceSession session;
  private final String object;
  private final String externalId;
  private final Duration poll;
  private final Duration patience;

  SalesforceBulk(SalesforceSession session, String object, String externalId, Duration poll, Duration patience) {
    this.session = session;
    this.object = object;
    this.externalId = externalId;
    this.poll = poll;
    this.patience = patience;
  }

  List<RowResult> upsert(List<Row> rows) throws DeliveryFailure {
    if (rows.getFirst().operation() != Operation.UPSERT) {
      throw new DeliveryFailure(Advice.GIVE_UP, 0, "BULK", "A Salesforce job only upserts.", Optional.empty());
    }
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("object", object);
    wanted.put("externalIdFieldName", externalId);
    wanted.put("contentType", "CSV");
    wanted.put("operation", "upsert");
    wanted.put("lineEnding", "LF");
    String job = "/jobs/ingest/" + session.call("POST", "/jobs/ingest", wanted).body().path("id").asText();
    session.call("PUT", job + "/batches", CSV, csv(rows).getBytes(StandardCharsets.UTF_8));
    session.call("PATCH", job, Map.of("state", "UploadComplete"));
    await(job);
    return results(job, rows);
  }

  private String csv(List<Row> rows) {
    List<String> names = List.copyOf(rows.getFirst().fields().keySet());
    StringBuilder text = new StringBuilder(Csv.line(names)).append('\n');
    for (Row row : rows) {
      List<String> cells = new ArrayList<>();
      for (String name : names) {
        Object value = row.fields().get(name);
        cells.add(value == null ? EMPTIED : value.toString());
      }
      text.append(Csv.line(cells)).append('\n');
    }
    return text.toString();
  }

  /** A job that takes too long is aborted: its rows go into another one, and must not come twice. */
  private void await(String job) throws DeliveryFailure {
    long begun = System.nanoTime();
    while (true) {
      JsonNode told = session.call("GET", job, Map.of()).body();
      switch (told.path("state").asText()) {
        case "JobComplete" -> {
          return;
        }
        case "Failed", "Aborted" -> throw new DeliveryFailure(Advice.RETRY, 200, "JOB_" + told.path("state")
            .asText()
            .toUpperCase(
                Locale.ROOT),
            "Salesforce ended the job: " + told.path("errorMessage").asText("no reason given") + ".",
            Optional.empty());
        default -> {
          if (System.nanoTime() - begun > patience.toNanos()) {
            session.call("PATCH", job, Map.of("state", "Aborted"));
            throw new DeliveryFailure(Advice.RETRY, 200, "JOB_TIMEOUT",
                "Salesforce did not end the job within " + patience.toSeconds() + " s; it was aborted.", Optional.empty());
          }
          pause();
        }
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(poll);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw ActivationIssue.RUN_CANCELLED.because("The run was cancelled.");
    }
  }

  private List<RowResult> results(String job, List<Row> rows) throws DeliveryFailure {
    Map<String, RowResult> told = new HashMap<>();
    for (Map<String, String> line : Csv.lines(text(job, "successfulResults"))) {
      told.put(line.getOrDefault(externalId, ""), new RowResult.Accepted(Optional.ofNullable(line.get("sf__Id"))));
    }
    for (Map<String, String> line : Csv.lines(text(job, "failedResults"))) {
      String error = line.getOrDefault("sf__Error", "UNKNOWN");
      told.put(line.getOrDefault(externalId, ""), new RowResult.Rejected(200, error.split(":", 2)[0], error));
    }
    return rows.stream()
        .map(row -> told.getOrDefault(String.valueOf(row.fields().get(externalId)),
            new RowResult.Again(200, "Salesforce did not get to this record.")))
        .toList();
  }

  private String text(String job, String which) throws DeliveryFailure {
    return session.call("GET", job + "/" + which, Map.of()).text();
  }
}
