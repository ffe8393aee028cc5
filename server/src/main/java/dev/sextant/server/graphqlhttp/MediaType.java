// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import java.util.Locale;
import java.util.Optional;

/** The forms a GraphQL answer comes in. */
enum MediaType {
  /** Its status tells whether there is an answer. */
  RESPONSE("application/graphql-response+json"),
  /** Older clients: a well-formed request is always 200. */
  JSON("application/json"),
  /** The page for people. */
  HTML("text/html");

  private final String text;

  MediaType(String text) {
    this.text = text;
  }

  String header() {
    return text + "; charset=utf-8";
  }

  /** The most wanted form by an Accept header; plain JSON when anything will do, empty if there is none of what is wanted. */
  static Optional<MediaType> wanted(Optional<String> accept, boolean withPage) {
    if (accept.filter(header -> !header.isBlank()).isEmpty()) {
      return Optional.of(JSON);
    }
    Optional<MediaType> best = Optional.empty();
    double most = 0;
    for (String wish : accept.orElseThrow().split(",")) {
      String[] parts = wish.split(";");
      Optional<MediaType> type = named(parts[0].strip().toLowerCase(Locale.ROOT)).filter(found -> found != HTML || withPage);
      double weight = weight(parts);
      if (type.isPresent() && weight > most) {
        best = type;
        most = weight;
      }
    }
    return best;
  }

  private static Optional<MediaType> named(String name) {
    return switch (name) {
      case "application/graphql-response+json" -> Optional.of(RESPONSE);
      case "application/json", "application/*", "*/*" -> Optional.of(JSON);
      case "text/html" -> Optional.of(HTML);
      default -> Optional.empty();
    };
  }

  private static double weight(String[] parts) {
    for (String part : parts) {
      String text = part.strip().toLowerCase(Locale.ROOT);
      if (text.matches("q=[01](\\.\\d{0,3})?")) {
        return Double.parseDouble(text.substring(2));
      }
    }
    return 1;
  }
}
