// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ask;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Remembers what texts of questions say; that depends on nothing but the text. */
public final class ReadQueries {
  private static final long MOST_CHARACTERS = 4 << 20;

  private final Cache<String, Read> known = Caffeine.newBuilder()
      .maximumWeight(MOST_CHARACTERS)
      .weigher((String text, Read read) -> text.length() + Long.BYTES)
      .executor(Runnable::run)
      .build();

  /** A question as read, and in a few words. */
  public record Read(QueryRequest request, String inShort) {}

  /** Reads a question; mistakes are read again each time. */
  public Read read(String json) {
    return known.get(json, text -> {
      QueryRequest request = JsonToQueryRequest.read(text);
      return new Read(request, Questions.inShort(request.query()));
    });
  }
}
