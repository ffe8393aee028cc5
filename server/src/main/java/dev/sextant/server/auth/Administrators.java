// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.auth;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.server.Backend;
import dev.sextant.server.error.ServerIssue;

/** Who may change and look into what is everybody's: callers with the role {@code admin}, and everybody where the project has no tokens. */
public final class Administrators {
  /** The role. */
  public static final String ROLE = "admin";

  private Administrators() {}

  /** Whether a caller is one. */
  public static boolean include(Caller caller, Backend backend) {
    return caller.roles().contains(ROLE) || !Credentials.areRequiredBy(backend.model().model().project().settings());
  }

  /** Refuses callers who are none; {@code deed} is what they want, such as {@code "start runs"}. */
  public static void check(Caller caller, Backend backend, String deed) {
    if (!include(caller, backend)) {
      throw new SextantException(Issue.of(ServerIssue.ADMIN_REQUIRED, Position.NOWHERE,
          "'" + caller.name() + "' may not " + deed + ": that takes the role '" + ROLE + "'. Ask somebody who has it, or have it given to '"
              + caller.name() + "' under server.roles in sextant.yml or by the roles of the token."));
    }
  }
}
