// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.Destination;
import dev.sextant.model.Sync;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * HubSpot CRM objects by their batch endpoints (v3): upsert by a unique property, archive by HubSpot's id. Each input carries an
 * {@code objectWriteTraceId}, by which a partial answer (207) tells the rows it is about; a row the answer does not mention has not arrived.
 */
final class HubSpotDestination implements Destination {
  private static final int ROWS = 100;

  private final URI base;
  private final Map<String, String> headers;
  private final String object;
  private final String idProperty;
  private final HttpCalls calls;

  HubSpotDestination(Options options, Sync sync, InstantSource clock) {
    options.known("token", "url", "timeout");
    this.base = options.url("url", Optional.of("https://api.hubapi.com"));
    this.headers = Map.of("Authorization", "Bearer " + options.required("token"));
    this.object = sync.object().orElseThrow(() -> options.wrong("needs 'object' in sync '" + sync.name() + "', such as contacts."));
    this.idProperty = sync.match()
        .orElseThrow(() -> options.wrong("needs 'match' in sync '" + sync.name() + "': the unique property that finds a record."));
    if (!sync.map().containsKey(idProperty)) {
      throw options.wrong("matches by '" + idProperty + "', which is not in the map of sync '" + sync.name() + "'.");
    }
    this.calls = new HttpCalls(options.seconds("timeout", 30), clock);
  }

  @Override
  public int batchSize() {
    return ROWS;
  }

  @Override
  public Set<Operation> operations() {
    return Set.of(Operation.UPSERT, Operation.ARCHIVE, Operation.DELETE, Operation.CLEAR);
  }

  @Override
  public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
    Operation operation = batch.rows().getFirst().operation();
    return operation == Operation.UPSERT ? upsert(batch) : operation == Operation.CLEAR ? update(batch) : archive(batch);
  }

  private List<RowResult> upsert(Batch batch) throws DeliveryFailure {
    List<Map<String, Object>> inputs = new ArrayList<>();
    for (int i = 0; i < batch.rows().size(); i++) {
      Row row = batch.rows().get(i);
      Map<String, Object> input = new LinkedHashMap<>();
      input.put("idProperty", idProperty);
      input.put("id", String.valueOf(row.fields().get(idProperty)));
      input.put("objectWriteTraceId", String.valueOf(i));
      input.put("properties", properties(row));
      inputs.add(input);
    }
    return results(post("upsert", inputs), batch.rows().size());
  }

  /** HubSpot empties a property by an empty text. */
  private List<RowResult> update(Batch batch) throws DeliveryFailure {
    List<Map<String, Object>> inputs = new ArrayList<>();
    for (int i = 0; i < batch.rows().size(); i++) {
      Row row = batch.rows().get(i);
      Map<String, Object> properties = properties(row);
      properties.remove(idProperty);
      inputs.add(Map.of("id", row.remoteId().orElse(""), "objectWriteTraceId", String.valueOf(i), "properties", properties));
    }
    return results(post("update", inputs), batch.rows().size());
  }

  private static Map<String, Object> properties(Row row) {
    Map<String, Object> properties = new LinkedHashMap<>();
    row.fields().forEach((name, value) -> properties.put(name, value == null ? "" : value.toString()));
    return properties;
  }

  /** The endpoint answers 204 and nothing else; archiving what is gone is no mistake. */
  private List<RowResult> archive(Batch batch) throws DeliveryFailure {
    List<Map<String, Object>> inputs = batch.rows()
        .stream()
        .filter(row -> row.remoteId().isPresent())
        .map(row -> Map.<String, Object>of("id", row.remoteId().get()))
        .toList();
    if (!inputs.isEmpty()) {
      post("archive", inputs);
    }
    return batch.rows()
        .stream()
        .<RowResult>map(row -> row.remoteId().isPresent() ? RowResult.Accepted.UNNAMED
            : new RowResult.Rejected(0, "NO_RECORD_ID", "HubSpot never told the id of this record."))
        .toList();
  }

  private HttpCalls.Reply post(String verb, List<Map<String, Object>> inputs) throws DeliveryFailure {
    return calls.send("POST", base.resolve("/crm/v3/objects/" + object + "/batch/" + verb), headers, Map.of("inputs", inputs));
  }

  private static List<RowResult> results(HttpCalls.Reply reply, int rows) {
    List<RowResult> results = new ArrayList<>();
    Map<String, RowResult> told = told(reply.body());
    for (int i = 0; i < rows; i++) {
      results.add(told.getOrDefault(String.valueOf(i),
          new RowResult.Again(reply.status(), "HubSpot answered " + reply.status() + " without a word about this row.")));
    }
    return results;
  }

  private static Map<String, RowResult> told(JsonNode body) {
    Map<String, RowResult> told = new LinkedHashMap<>();
    for (JsonNode error : body.path("errors")) {
      RowResult refused = new RowResult.Rejected(207, error.path("category").asText("REFUSED"),
          error.path("message").asText("no reason given"));
      error.path("context").path("objectWriteTraceId").forEach(id -> told.put(id.asText(), refused));
    }
    for (JsonNode result : body.path("results")) {
      told.put(result.path("objectWriteTraceId").asText(), new RowResult.Accepted(Optional.of(result.path("id").asText())));
    }
    return told;
  }

  @Override
  public void close() {
    calls.close();
  }
}
