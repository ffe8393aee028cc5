// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.cache;

import dev.sextant.query.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Callers with different rights to the web shop, some of whom have the same under other names. */
final class ShopCallers {
  static final List<Caller> ALL = List.of(new Caller("root", List.of("buyer")), new Caller("ada", List.of("buyer")),
      new Caller("eva", List.of("team", "buyer"), Map.of("countries", List.of("DE", "FR"))),
      new Caller("eve", List.of("team", "buyer"), Map.of("countries", List.of("DE", "FR"))),
      new Caller("jan", List.of("team", "buyer"), Map.of("countries", List.of("NL"))),
      new Caller("tom", List.of("team"), Map.of("countries", List.of("DE"))), new Caller("guest", List.of()));

  private static final String POLICIES = """
      access_policies:
        - {name: own_countries, roles: [team], rows: "customer__country in (caller('countries'))"}
        - {name: no_books, roles: ['*'], except: [buyer], rows: "product__category <> 'Books' or product__list_price < 15"}
        - {name: masked, roles: ['*'], except: [buyer], mask: {customer__segment: redact}}
      """;
  private static final String TOKENS = """
      server:
        tokens: {root: root-token, ada: ada-token, eva: eva-token, eve: eve-token, jan: jan-token, tom: tom-token, guest: guest-token}
        roles: {root: buyer, ada: buyer, eva: "team, buyer", eve: "team, buyer", jan: "team, buyer", tom: team}
        attributes: {eva: {countries: "DE, FR"}, eve: {countries: "DE, FR"}, jan: {countries: NL}, tom: {countries: DE}}
      """;

  private ShopCallers() {}

  /** Gives a project the policies that restrict them, and their tokens. */
  static Path into(Path project) throws IOException {
    Files.writeString(project.resolve("models/policies.yml"), POLICIES);
    Path settings = project.resolve("sextant.yml");
    Files.writeString(settings, Files.readString(settings) + TOKENS + "cache: {max_age: 1h}\n");
    return project;
  }
}
