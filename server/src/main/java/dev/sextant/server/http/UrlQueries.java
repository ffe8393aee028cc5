// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.server.ask.ReadQueries;
import io.javalin.http.Context;
import java.util.Optional;

/** Reads questions in URLs, and remembers what each URL asks. */
final class UrlQueries {
  private static final long MOST_CHARACTERS = 4 << 20;

  private final ReadQueries read;
  private final Cache<String, InUrl> known = Caffeine.newBuilder()
      .maximumWeight(MOST_CHARACTERS)
      .weigher((String text, InUrl question) -> 2 * text.length() + Long.BYTES)
      .executor(Runnable::run)
      .build();

  /** A question with the parameters beside it. */
  record InUrl(Parameters parameters, ReadQueries.Read question) {}

  UrlQueries(ReadQueries read) {
    this.read = read;
  }

  /** Mistakes are read again each time. */
  InUrl read(Context context) {
    return known.get(Optional.ofNullable(context.queryString()).orElse(""), text -> {
      Parameters parameters = Parameters.of(context, "q", "numbers");
      return new InUrl(parameters, read.read(parameters.required("q")));
    });
  }
}
