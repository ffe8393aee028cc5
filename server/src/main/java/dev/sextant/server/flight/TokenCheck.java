// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.model.SextantException;
import dev.sextant.query.Caller;
import dev.sextant.server.auth.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.auth2.CallHeaderAuthenticator;

/** Lets in who shows a token: as a bearer, or as the password of any user, which the handshake turns into a bearer. */
record TokenCheck(Credentials credentials) implements CallHeaderAuthenticator {
  private static final String AUTHORIZATION = "authorization";
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  @Override
  public AuthResult authenticate(CallHeaders headers) {
    String header = headers.get(AUTHORIZATION);
    if (header == null) {
      throw refused("Show a token: authorization: Bearer TOKEN.");
    }
    String token = token(header);
    return new LetIn(bearer(token).name(), token);
  }

  /** Who makes a call that was let in. */
  Caller caller(CallHeaders headers) {
    return bearer(token(String.valueOf(headers.get(AUTHORIZATION))));
  }

  private Caller bearer(String token) {
    try {
      return credentials.bearer(token);
    } catch (SextantException unknown) {
      throw refused(unknown.issues().getFirst().message());
    }
  }

  private record LetIn(String name, String token) implements AuthResult {
    @Override
    public String getPeerIdentity() {
      return name;
    }

    @Override
    public void appendToOutgoingHeaders(CallHeaders headers) {
      headers.insert(AUTHORIZATION, "Bearer " + token);
    }
  }

  private static String token(String header) {
    String lower = header.toLowerCase(Locale.ROOT);
    if (lower.startsWith(BEARER)) {
      return header.substring(BEARER.length()).strip();
    }
    if (lower.startsWith(BASIC)) {
      return password(header.substring(BASIC.length()).strip());
    }
    throw refused("Only bearer tokens are taken, or a token as the password of basic authentication.");
  }

  private static String password(String encoded) {
    try {
      String decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      return decoded.substring(decoded.indexOf(':') + 1);
    } catch (IllegalArgumentException noBase64) {
      throw refused("The credentials are not in base 64.");
    }
  }

  private static FlightRuntimeException refused(String why) {
    return CallStatus.UNAUTHENTICATED.withDescription(why).toRuntimeException();
  }
}
