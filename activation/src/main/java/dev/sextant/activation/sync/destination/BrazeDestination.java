// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import dev.sextant.activation.Destination;
import dev.sextant.model.Sync;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attributes of Braze users by {@code /users/track}, 75 at a time; the answer names the rows it did not take by their index. */
final class BrazeDestination implements Destination {
  private static final int ROWS = 50; // /users/track takes 75, /users/delete 50

  private final URI base;
  private final Map<String, String> headers;
  private final String idField;
  private final HttpCalls calls;

  BrazeDestination(Options options, Sync sync, InstantSource clock) {
    options.known("url", "token", "timeout");
    this.base = options.url("url", Optional.empty());
    this.headers = Map.of("Authorization", "Bearer " + options.required("token"));
    this.idField = sync.match().orElse("external_id");
    if (sync.key().size() != 1) {
      throw options.wrong("knows users by one id; sync '" + sync.name() + "' has a key of " + sync.key().size() + " columns.");
    }
    this.calls = new HttpCalls(options.seconds("timeout", 30), clock);
  }

  @Override
  public int batchSize() {
    return ROWS;
  }

  @Override
  public Set<Operation> operations() {
    return Set.of(Operation.UPSERT, Operation.UPDATE, Operation.DELETE, Operation.CLEAR);
  }

  @Override
  public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
    boolean delete = batch.rows().getFirst().operation() == Operation.DELETE;
    Object body = delete ? Map.of("external_ids", batch.rows().stream().map(this::id).toList())
        : Map.of("attributes", batch.rows().stream().map(this::attributes).toList());
    JsonNode told = calls.send("POST", base.resolve(delete ? "/users/delete" : "/users/track"), headers, body).body();
    String message = told.path("message").asText("");
    if (message.isEmpty()) {
      return Collections.nCopies(batch.rows().size(), new RowResult.Again(201, "Braze answered without a word about the rows."));
    }
    if (!message.equals("success") && !message.equals("queued")) {
      throw new DeliveryFailure(Advice.SPLIT, 201, "REFUSED", "Braze took nothing: " + message + ".", Optional.empty());
    }
    List<RowResult> results = new ArrayList<>(Collections.nCopies(batch.rows().size(), RowResult.Accepted.UNNAMED));
    for (JsonNode error : told.path("errors")) {
      int index = error.path("index").asInt(-1);
      if (index >= 0 && index < results.size()) {
        results.set(index, new RowResult.Rejected(201, "REFUSED", error.path("type").asText("no reason given")));
      }
    }
    return results;
  }

  private String id(Row row) {
    Object field = row.operation().isRemoval() ? null : row.fields().get(idField);
    return String.valueOf(field == null ? row.keys().values().iterator().next() : field);
  }

  private Map<String, @Nullable Object> attributes(Row row) {
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    attributes.put("external_id", id(row));
    attributes.put("_update_existing_only", row.operation() != Operation.UPSERT);
    row.fields().forEach((name, value) -> {
      if (!name.equals(idField)) {
        attributes.put(name, value);
      }
    });
    return attributes;
  }

  @Override
  public void close() {
    calls.close();
  }
}
