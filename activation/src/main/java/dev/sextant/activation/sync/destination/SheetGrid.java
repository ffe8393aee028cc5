// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.DeliveryFailure;
import dev.sextant.activation.DeliveryFailure.Advice;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How large a sheet is. Google Sheets refuses cells beyond its grid (a new sheet has 1,000 rows and 26 columns), so the grid is made to fit. */
final class SheetGrid {
  private static final String PROPERTIES = "?fields=sheets.properties(sheetId,title,gridProperties(rowCount,columnCount))";
  private static final int ROWS_MORE = 1000;

  private final URI spreadsheet;
  private final Map<String, String> headers;
  private final HttpCalls calls;
  private final long sheet;
  private int rows;
  private int columns;

  private SheetGrid(URI spreadsheet, Map<String, String> headers, HttpCalls calls, JsonNode properties) {
    this.spreadsheet = spreadsheet;
    this.headers = headers;
    this.calls = calls;
    this.sheet = properties.path("sheetId").asLong();
    this.rows = properties.at("/gridProperties/rowCount").asInt();
    this.columns = properties.at("/gridProperties/columnCount").asInt();
  }

  /** Asks for the sheet of this title. */
  static SheetGrid of(URI spreadsheet, String title, Map<String, String> headers, HttpCalls calls) throws DeliveryFailure {
    List<String> titles = new ArrayList<>();
    for (JsonNode each : told(() -> calls.send("GET", URI.create(spreadsheet + PROPERTIES), headers, Map.of()).body()).path("sheets")) {
      if (each.at("/properties/title").asText().equals(title)) {
        return new SheetGrid(spreadsheet, headers, calls, each.path("properties"));
      }
      titles.add(each.at("/properties/title").asText());
    }
    throw new DeliveryFailure(Advice.GIVE_UP, 404, "NO_SHEET", "The spreadsheet has no sheet '" + title + "', the object of the sync."
        + " Its sheets are " + String.join(", ", titles) + ".", Optional.empty());
  }

  void fit(int neededRows, int neededColumns) throws DeliveryFailure {
    List<Object> requests = new ArrayList<>();
    if (neededRows > rows) {
      requests.add(more("ROWS", neededRows - rows + ROWS_MORE));
    }
    if (neededColumns > columns) {
      requests.add(more("COLUMNS", neededColumns - columns));
    }
    if (!requests.isEmpty()) {
      told(() -> calls.send("POST", URI.create(spreadsheet + ":batchUpdate"), headers, Map.of("requests", requests)).body());
      rows = neededRows > rows ? neededRows + ROWS_MORE : rows;
      columns = Math.max(columns, neededColumns);
    }
  }

  private Map<String, Object> more(String dimension, int length) {
    return Map.of("appendDimension", Map.of("sheetId", sheet, "dimension", dimension, "length", length));
  }

  private interface Call {
    JsonNode body() throws DeliveryFailure;
  }

  /** What is refused here is not about rows, so nothing is gained by sending fewer. */
  private static JsonNode told(Call call) throws DeliveryFailure {
    try {
      return call.body();
    } catch (DeliveryFailure failure) {
      throw failure.advice() == Advice.SPLIT
          ? new DeliveryFailure(Advice.GIVE_UP, failure.status(), failure.code(), failure.words(), failure.after())
          : failure;
    }
  }
}
