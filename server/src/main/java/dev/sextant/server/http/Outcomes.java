// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import io.javalin.http.Context;
import java.util.Optional;

/** Carries how a request went from the route that knows it to the meters. */
final class Outcomes {
  private static final String KEY = "sextant.outcome";

  private Outcomes() {}

  static void set(Context context, String outcome) {
    context.attribute(KEY, outcome);
  }

  static String of(Context context) {
    return Optional.ofNullable(context.<String>attribute(KEY)).orElse("ok");
  }
}
