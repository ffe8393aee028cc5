// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.sextant.query.Caller;
import dev.sextant.server.error.ServerIssue;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON web tokens: {@code server.jwt} names the key they are signed with, whom they must come from and be meant for, and the claims that
 * hold the bearer's roles and attributes.
 */
final class JsonWebTokens {
  private static final String SETTINGS = "server.jwt.";
  /** Keys are chosen by their kind, so that a public key is never taken for a secret. */
  private static final Set<JWSAlgorithm> SIGNATURES = Stream
      .of(JWSAlgorithm.Family.HMAC_SHA, JWSAlgorithm.Family.RSA, JWSAlgorithm.Family.EC)
      .flatMap(Set::stream)
      .collect(Collectors.toUnmodifiableSet());

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final String roles;
  private final List<String> attributes;

  private JsonWebTokens(VerificationKeys keys, Map<String, String> settings, InstantSource clock) {
    this.roles = settings.getOrDefault(SETTINGS + "roles", "roles");
    this.attributes = Tokens.texts(settings.getOrDefault(SETTINGS + "attributes", ""));
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(SIGNATURES, (selector, context) -> selector.select(keys.current())));
    processor.setJWTClaimsSetVerifier(new Claims(settings, clock));
  }

  /** Whether settings say how they are verified. */
  static boolean areIn(Map<String, String> settings) {
    return settings.keySet().stream().anyMatch(key -> key.startsWith(SETTINGS));
  }

  /** The verifier that settings declare, if any. */
  static Optional<JsonWebTokens> of(Map<String, String> settings, InstantSource clock) {
    return areIn(settings) ? Optional.of(new JsonWebTokens(VerificationKeys.of(settings, SETTINGS), settings, clock)) : Optional.empty();
  }

  /** Checks when a token is valid, whom it is from and whom it is for. */
  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final InstantSource clock;

    private Claims(Map<String, String> settings, InstantSource clock) {
      super(settings.get(SETTINGS + "audience"), issuer(settings), Set.of("exp", "sub"));
      this.clock = clock;
    }

    private static @Nullable JWTClaimsSet issuer(Map<String, String> settings) {
      String issuer = settings.get(SETTINGS + "issuer");
      return issuer == null ? null : new JWTClaimsSet.Builder().issuer(issuer).build();
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }

  /** Whom a token stands for; an exception says why it is not believed. */
  Caller bearer(String token) {
    try {
      JWTClaimsSet claims = processor.process(token, null);
      Map<String, List<String>> known = new LinkedHashMap<>();
      attributes.forEach(name -> known.put(name, texts(claims, name)));
      known.values().removeIf(List::isEmpty);
      return new Caller(claims.getSubject(), texts(claims, roles), known);
    } catch (ExpiredJWTException expired) {
      throw Credentials.refused(ServerIssue.TOKEN_EXPIRED, "The token has expired; get a new one.");
    } catch (ParseException noToken) {
      throw Credentials.unknown("is not known");
    } catch (BadJOSEException | JOSEException wrong) {
      throw Credentials.unknown("is not valid here: " + wrong.getMessage());
    }
  }

  /** The texts of a claim, which may be a list, or one text with spaces or commas; a dotted name leads into objects. */
  private static List<String> texts(JWTClaimsSet claims, String name) {
    Object value = claims.getClaim(name);
    if (value == null && name.indexOf('.') > 0) {
      value = claims.getClaims();
      for (String part : name.split("\\.")) {
        value = value instanceof Map<?, ?> object ? object.get(part) : null;
      }
    }
    return switch (value) {
      case null -> List.of();
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case String text -> Tokens.texts(text.replace(' ', ','));
      default -> List.of(String.valueOf(value));
    };
  }
}
