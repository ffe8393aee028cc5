// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.activation.sync.Provider.Answer;
import dev.sextant.activation.sync.Provider.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Providers in the shape of their answers: what they take by e-mail or key, one row they may refuse, and results in another order. */
enum Fake {
  WEBHOOK, HUBSPOT, SALESFORCE, SLACK, BRAZE, KLAVIYO, INTERCOM, GOOGLE_SHEETS;

  String type() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  Map<String, String> options(String url) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("url", url);
    options.put("timeout", "1");
    if (this != WEBHOOK) {
      options.put("token", "t");
    }
    if (this == GOOGLE_SHEETS) {
      options.put("spreadsheet", "s");
    }
    if (this == SLACK) {
      options.put("text", "{email}");
    }
    return options;
  }

  /** Whether a request writes. */
  boolean writes(Request request) {
    return !request.method().equals("GET");
  }

  /** Takes what a request brings, but for the e-mail address {@code refused}. */
  Answer take(Request request, Map<String, String> kept, String refused) {
    return switch (this) {
      case WEBHOOK -> webhook(request, kept, refused);
      case HUBSPOT -> hubspot(request, kept, refused);
      case SALESFORCE -> salesforce(request, kept, refused);
      case SLACK -> slack(request, kept, refused);
      case BRAZE -> braze(request, kept, refused);
      case KLAVIYO -> klaviyo(request, kept, refused);
      case INTERCOM -> intercom(request, kept, refused);
      case GOOGLE_SHEETS -> sheet(request, kept, refused);
    };
  }

  private static Answer webhook(Request request, Map<String, String> kept, String refused) {
    JsonNode rows = request.json().path("rows");
    for (JsonNode row : rows) {
      if (row.path("fields").path("email").asText().equals(refused)) {
        return Answer.json(422, Map.of("error", "bad row"));
      }
    }
    rows.forEach(row -> kept.put(row.path("fields").path("email").asText(), "there"));
    return new Answer(204, "");
  }

  /** Results come in the opposite order of the inputs. */
  private static Answer hubspot(Request request, Map<String, String> kept, String refused) {
    List<Object> results = new ArrayList<>();
    List<Object> errors = new ArrayList<>();
    for (JsonNode input : request.json().path("inputs")) {
      String email = input.path("id").asText();
      String trace = input.path("objectWriteTraceId").asText();
      if (email.equals(refused)) {
        errors.add(Map.of("status", "error", "category", "VALIDATION_ERROR", "message", "bad row", "context",
            Map.of("objectWriteTraceId", List.of(trace))));
      } else {
        kept.put(email, "there");
        results.add(Map.of("id", "id-" + email, "objectWriteTraceId", trace));
      }
    }
    Collections.reverse(results);
    return Answer.json(errors.isEmpty() ? 200 : 207, Map.of("status", "COMPLETE", "results", results, "errors", errors));
  }

  private static Answer salesforce(Request request, Map<String, String> kept, String refused) {
    List<Object> results = new ArrayList<>();
    for (JsonNode record : request.json().path("records")) {
      String email = record.path("email").asText();
      if (email.equals(refused)) {
        results.add(Map.of("success", false, "errors", List.of(Map.of("statusCode", "INVALID_EMAIL_ADDRESS", "message", "bad row"))));
      } else {
        kept.put(email, "there");
        results.add(Map.of("success", true, "id", "id-" + email, "errors", List.of()));
      }
    }
    return Answer.json(200, results);
  }

  private static Answer slack(Request request, Map<String, String> kept, String refused) {
    String email = request.json().path("text").asText();
    if (email.equals(refused)) {
      return Answer.json(200, Map.of("ok", false, "error", "msg_too_long"));
    }
    kept.put(email, "there");
    return Answer.json(200, Map.of("ok", true, "ts", "id-" + email));
  }

  private static Answer braze(Request request, Map<String, String> kept, String refused) {
    List<Object> errors = new ArrayList<>();
    JsonNode attributes = request.json().path("attributes");
    for (int i = 0; i < attributes.size(); i++) {
      String email = attributes.path(i).path("external_id").asText();
      if (email.equals(refused)) {
        errors.add(Map.of("type", "bad row", "input_array", "attributes", "index", i));
      } else {
        kept.put(email, "there");
      }
    }
    return Answer.json(201, Map.of("message", "success", "errors", errors));
  }

  private static Answer klaviyo(Request request, Map<String, String> kept, String refused) {
    String email = request.json().at("/data/attributes/email").asText();
    if (email.equals(refused)) {
      return Answer.json(400, Map.of("errors", List.of(Map.of("code", "invalid", "detail", "bad row"))));
    }
    kept.put(email, "there");
    return Answer.json(201, Map.of("data", Map.of("type", "profile", "id", "id-" + email)));
  }

  private static Answer intercom(Request request, Map<String, String> kept, String refused) {
    String email = request.json().path("email").asText();
    if (email.equals(refused)) {
      return Answer.json(422, Map.of("type", "error.list", "errors", List.of(Map.of("code", "parameter_invalid", "message", "bad row"))));
    }
    if (request.method().equals("POST") && kept.containsKey(email)) {
      return Answer.json(409, Map.of("type", "error.list", "errors",
          List.of(Map.of("code", "conflict", "message", "A contact matching those details already exists with id=id-" + email))));
    }
    kept.put(email, "there");
    return Answer.json(200, Map.of("type", "contact", "id", "id-" + email));
  }

  /** The sheet is made of what is kept: {@code line2} and so on are its keys. */
  private static Answer sheet(Request request, Map<String, String> kept, String refused) {
    Spreadsheet sheet = new Spreadsheet(1000);
    for (int line = 2; kept.containsKey("line" + line); line++) {
      sheet.lines().put(line, List.of(kept.get("line" + line)));
    }
    Answer answer = sheet.answer(request, refused);
    sheet.lines().forEach((line, cells) -> {
      if (line > 1 && cells.size() > 1) {
        kept.put("line" + line, cells.getFirst());
        kept.put(cells.get(1), "there");
      }
    });
    return answer;
  }
}
