// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.Destination;
import dev.sextant.model.Sync;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Google sheet with the key in column A and a column a field, under a header that is kept. The key column is read before every write, so that
 * a batch that is sent again finds its rows.
 */
final class SheetsDestination implements Destination {
  private static final int ROWS = 500;
  private static final int LETTERS = 26;

  private final URI spreadsheet;
  private final Map<String, String> headers;
  private final String sheet;
  private final List<String> names;
  private final HttpCalls calls;
  private Optional<SheetGrid> grid = Optional.empty();

  SheetsDestination(Options options, Sync sync, InstantSource clock) {
    options.known("url", "token", "spreadsheet", "timeout");
    this.spreadsheet = options.url("url", Optional.of("https://sheets.googleapis.com"))
        .resolve("/v4/spreadsheets/" + options.required("spreadsheet"));
    this.headers = Map.of("Authorization", "Bearer " + options.required("token"));
    this.sheet = sync.object().orElse("Sheet1");
    this.names = List.copyOf(sync.map().keySet());
    this.calls = new HttpCalls(options.seconds("timeout", 60), clock);
  }

  @Override
  public int batchSize() {
    return ROWS;
  }

  @Override
  public Set<Operation> operations() {
    return Set.of(Operation.UPSERT, Operation.DELETE, Operation.CLEAR);
  }

  @Override
  public List<RowResult> deliver(Batch batch) throws DeliveryFailure {
    SheetGrid whole = grid();
    Map<String, Integer> lines = lines();
    List<Object> changes = new ArrayList<>();
    int next = lines.values().stream().mapToInt(Integer::intValue).max().orElse(1) + 1;
    changes.add(range(1, header()));
    for (Row row : batch.rows()) {
      boolean there = lines.containsKey(key(row));
      if (there || !row.operation().isRemoval()) {
        changes.add(range(there ? lines.getOrDefault(key(row), next) : next++, cells(row)));
      }
    }
    whole.fit(next - 1, names.size() + 1);
    JsonNode told = calls
        .send("POST", URI.create(spreadsheet + "/values:batchUpdate"), headers, Map.of("valueInputOption", "RAW", "data", changes))
        .body();
    if (told.path("totalUpdatedRows").asInt(0) == 0) {
      return Collections.nCopies(batch.rows().size(), new RowResult.Again(200, "Google Sheets answered without saying what it wrote."));
    }
    return Collections.nCopies(batch.rows().size(), RowResult.Accepted.UNNAMED);
  }

  private SheetGrid grid() throws DeliveryFailure {
    SheetGrid found = grid.isPresent() ? grid.get() : SheetGrid.of(spreadsheet, sheet, headers, calls);
    grid = Optional.of(found);
    return found;
  }

  private static String key(Row row) {
    return row.keys().size() == 1 ? String.valueOf(row.keys().values().iterator().next()) : row.key();
  }

  /** The line of each key that is there. */
  private Map<String, Integer> lines() throws DeliveryFailure {
    String range = URLEncoder.encode(quoted() + "!A2:A", StandardCharsets.UTF_8);
    JsonNode values = calls.send("GET", URI.create(spreadsheet + "/values/" + range), headers, Map.of()).body().path("values");
    Map<String, Integer> lines = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      lines.put(values.path(i).path(0).asText(), i + 2);
    }
    lines.remove("");
    return lines;
  }

  private List<Object> header() {
    List<Object> header = new ArrayList<>(names);
    header.addFirst("key");
    return header;
  }

  private List<Object> cells(Row row) {
    List<Object> cells = new ArrayList<>();
    cells.add(row.operation() == Operation.DELETE ? "" : key(row));
    for (String name : names) {
      Object value = row.fields().get(name);
      cells.add(value == null ? "" : value);
    }
    return cells;
  }

  private Map<String, Object> range(int line, List<Object> cells) {
    return Map.of("range", quoted() + "!A" + line + ":" + column(names.size()) + line, "values", List.of(cells));
  }

  private String quoted() {
    return "'" + sheet.replace("'", "''") + "'";
  }

  private static String column(int index) {
    String last = String.valueOf((char) ('A' + index % LETTERS));
    return index < LETTERS ? last : column(index / LETTERS - 1) + last;
  }

  @Override
  public void close() {
    calls.close();
  }
}
