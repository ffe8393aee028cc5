// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.kept;

import dev.sextant.query.QueryFacts;
import dev.sextant.query.QueryResult;
import dev.sextant.server.ForwardedResult;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An answer without anything that only one request has; what is left out of its body stands in headers. */
record SharedAnswer(QueryResult result, QueryFacts facts) implements ForwardedResult {
  private static final String CACHE = "cache";
  private static final String AGE = "age_ms";

  /** Tells in headers how the answer came about; who keeps it must ask each time whether it still counts. */
  static void tell(Context context, QueryFacts facts) {
    Map<String, String> notes = facts.notes();
    Optional.ofNullable(notes.get(CACHE)).ifPresent(how -> context.res().setHeader("Sextant-Cache", how));
    Optional.ofNullable(notes.get(AGE)).ifPresent(age -> context.res().setHeader("Age", String.valueOf(Long.parseLong(age) / 1_000)));
    context.res().setHeader("Cache-Control", notes.containsKey(CACHE) ? "private, no-cache" : "no-store");
    context.res().setHeader("Vary", KeptReply.vary(context));
  }

  static SharedAnswer of(QueryResult result) {
    Map<String, String> notes = new LinkedHashMap<>(result.facts().notes());
    notes.keySet().removeIf(note -> note.equals(CACHE) || note.equals(AGE));
    return new SharedAnswer(result, new QueryFacts("", result.facts().statements(), new LinkedHashMap<>(), notes));
  }
}
