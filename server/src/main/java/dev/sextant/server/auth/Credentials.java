// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.auth;

import dev.sextant.model.Issue;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.server.error.ServerIssue;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What callers can show to be let in: the project's own tokens, and JSON web tokens of its identity provider. */
public final class Credentials {
  private final Tokens tokens;
  private final Optional<JsonWebTokens> webTokens;

  private Credentials(Tokens tokens, Optional<JsonWebTokens> webTokens) {
    this.tokens = tokens;
    this.webTokens = webTokens;
  }

  /** Reads what a project's settings declare; an exception says what is wrong with them. */
  public static Credentials of(Map<String, String> settings, InstantSource clock) {
    return new Credentials(new Tokens(settings), JsonWebTokens.of(settings, clock));
  }

  /** Whether settings say that a token must be shown. */
  public static boolean areRequiredBy(Map<String, String> settings) {
    return Tokens.areIn(settings) || JsonWebTokens.areIn(settings);
  }

  /** Whether a token must be shown. */
  public boolean required() {
    return tokens.required() || webTokens.isPresent();
  }

  /** Whom a token stands for; an exception says why it stands for nobody. */
  public Caller bearer(String token) {
    return tokens.bearer(token).or(() -> webTokens.map(verifier -> verifier.bearer(token))).orElseThrow(() -> unknown("is not known"));
  }

  static SextantException unknown(String why) {
    return refused(ServerIssue.UNAUTHENTICATED, "The token " + why + ".");
  }

  static SextantException refused(ServerIssue code, String message) {
    return new SextantException(Issue.of(code, Position.NOWHERE, message));
  }
}
