// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.ops;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.error.ServerIssue;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Makes query ids: a random name for this run of the server, then a count. */
final class QueryIds {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private final String run = String.format(Locale.ROOT, "%08x", new SecureRandom().nextInt());
  private final AtomicLong last = new AtomicLong();

  String next() {
    return run + "-" + last.incrementAndGet();
  }

  /** Returns an id that a caller has chosen, if it can stand in headers and logs. */
  static String checked(String id) {
    if (!ALLOWED.matcher(id).matches()) {
      throw new SextantException(Issue.of(ServerIssue.INVALID_PARAMETER, Position.NOWHERE,
          "A query id has 1 to 64 letters, digits, dots, colons, hyphens and underscores."));
    }
    return id;
  }
}
