// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import dev.sextant.activation.Destination;
import dev.sextant.model.Sync;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Salesforce objects by an external id: sObject collections of 200 records, and Bulk API 2.0 for more than 2,000 rows at once. */
final class SalesforceDestination implements Destination {
  private static final int ROWS = 200;
  private static final int WORTH_A_JOB = 2000;
  private static final int ROWS_OF_A_JOB = 50_000;
  private static final Set<String> MAY_PASS = Set.of("UNABLE_TO_LOCK_ROW", "SERVER_UNAVAILABLE", "QUERY_TIMEOUT");

  private final SalesforceSession session;
  private final String object;
  private final String externalId;
  private final SalesforceBulk bulk;
  private boolean many;

  SalesforceDestination(Options options, Sync sync, InstantSource clock) {
    options.known("url", "token", "client_id", "client_secret", "version", "timeout", "poll", "job_timeout");
    this.session = new SalesforceSession(options, clock);
    this.object = sync.object().orElseThrow(() -> options.wrong("needs 'object' in sync '" + sync.name() + "', such as Contact."));
    this.externalId = sync.match()
        .orElseThrow(() -> options.wrong("needs 'match' in sync '" + sync.name() + "': the external id field that finds a record."));
    if (!sync.map().containsKey(externalId)) {
      throw options.wrong("matches by '" + externalId + "', which is not in the map of sync '" + sync.name() + "'.");
    }
    this.bulk = new SalesforceBulk(session, object, externalId, options.seconds("poll", 2), options.seconds("job_timeout", 3600));
  }

  @Override
  public void expect(long rows) {
    many = rows > WORTH_A_JOB;
  }

  @Override
  public int batchSize() {
    return many ? ROWS_OF_A_JOB : ROWS;
  }

  @Override
  public Set<Operation> operations() {
    return Set.of(Operation.UPSERT, Operation.DELETE, Operation.CLEAR);
  }

  @Override
  public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
    if (batch.rows().getFirst().operation() == Operation.DELETE) {
      return delete(batch.rows());
    }
    return many ? bulk.upsert(batch.rows()) : upsert(batch.rows());
  }

  private List<RowResult> upsert(List<Row> rows) throws DeliveryFailure {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    for (Row row : rows) {
      Map<String, @Nullable Object> record = new LinkedHashMap<>();
      record.put("attributes", Map.of("type", object));
      record.putAll(row.fields());
      if (row.operation() == Operation.CLEAR) {
        record.remove(externalId);
        record.put("id", row.remoteId().orElse(""));
      }
      records.add(record);
    }
    String path = rows.getFirst().operation() == Operation.CLEAR ? "/composite/sobjects"
        : "/composite/sobjects/" + object + "/" + externalId;
    return results(session.call("PATCH", path, Map.of("allOrNone", false, "records", records)).body(), rows.size());
  }

  /** Up to 200 ids in the address; what has no id was never there. */
  private List<RowResult> delete(List<Row> rows) throws DeliveryFailure {
    List<RowResult> results = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += ROWS) {
      List<Row> some = rows.subList(from, Math.min(rows.size(), from + ROWS));
      List<Row> known = some.stream().filter(row -> row.remoteId().isPresent()).toList();
      List<RowResult> told = known.isEmpty() ? List.of()
          : results(session.call("DELETE", "/composite/sobjects?allOrNone=false&ids="
              + known.stream().map(row -> row.remoteId().orElseThrow()).collect(Collectors.joining(",")), Map.of()).body(), known.size());
      for (Row row : some) {
        results.add(known.contains(row) ? gone(told.get(known.indexOf(row))) : new RowResult.Skipped("Salesforce never told its id"));
      }
    }
    return results;
  }

  private static RowResult gone(RowResult told) {
    return told instanceof RowResult.Rejected refused && refused.code().equals("ENTITY_IS_DELETED") ? RowResult.Accepted.UNNAMED : told;
  }

  private static List<RowResult> results(JsonNode told, int rows) throws DeliveryFailure {
    if (!told.isArray() || told.size() != rows) {
      throw new DeliveryFailure(Advice.RETRY, 200, "SHORT_ANSWER", "Salesforce answered for " + told.size() + " of " + rows + " records.",
          Optional.empty());
    }
    List<RowResult> results = new ArrayList<>();
    for (JsonNode record : told) {
      JsonNode error = record.path("errors").path(0);
      String code = error.path("statusCode").asText("UNKNOWN");
      String message = error.path("message").asText("no reason given");
      results.add(record.path("success").asBoolean(false) ? new RowResult.Accepted(Optional.of(record.path("id").asText()))
          : MAY_PASS.contains(code) ? new RowResult.Again(200, code + ": " + message) : new RowResult.Rejected(200, code, message));
    }
    return results;
  }

  @Override
  public void close() {
    session.close();
  }
}
