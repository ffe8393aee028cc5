// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.features;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What callers may see of stored features, and what becomes of definitions that change. */
class FeatureRightsTest {
  private static final String TOKENS = """
      server:
        tokens: {root: root-token, eva: eva-token, ben: ben-token, kim: kim-token}
        roles: {root: [admin], eva: [analyst], ben: [local], kim: [masked]}
      """;
  private static final String POLICIES = """
      access_policies:
        - {name: no_money, roles: [analyst], hide: [fares]}
        - {name: own_rows, roles: [local], rows: "driver__rating > 1"}
        - {name: no_names, roles: [masked], mask: {driver__driver_name: hash}}
      """;
  private static final String ALL = "{\"view\": \"activity\", \"keys\": [{\"driver\": 3}]}";

  @TempDir private Path folder;

  @Test
  void policiesHoldForStoredFeatures() throws Exception {
    DriversProject.write(folder, TOKENS);
    DriversProject.policies(folder, POLICIES);
    try (FeatureClient client = new FeatureClient(folder).as("root-token")) {
      client.run("activity");
      assertThat(client.features(ALL).path("features").toString()).isEqualTo("[\"trips_7d\",\"fares_30d\",\"name\",\"twice\"]");
      client.as("eva-token");
      assertThat(client.features(ALL).path("features").toString()).isEqualTo("[\"trips_7d\",\"name\",\"twice\"]");
      assertThat(client.refusal("/v1/features", "{\"view\": \"activity\", \"features\": [\"fares_30d\"], \"keys\": []}"))
          .startsWith("400 UNKNOWN_FEATURE: feature view 'activity' has no feature 'fares_30d'.");
      assertThat(client.send("GET", "/v1/features", "").body()).doesNotContain("fares_30d");
      client.as("ben-token");
      assertThat(client.refusal("/v1/features", ALL))
          .startsWith("403 FEATURES_DENIED: Access policy 'own_rows' shows you only some of the rows");
      assertThat(client.refusal("/v1/features/explain", ALL)).startsWith("403 FEATURES_DENIED");
      assertThat(client.refusal("/v1/features/push", "{\"view\": \"activity\", \"rows\": []}"))
          .startsWith("403 ADMIN_REQUIRED: 'ben' may not push rows of features: that takes the role 'admin'.");
      client.as("kim-token");
      JsonNode masked = client.features(ALL);
      String query = client
          .post("/v1/query", "{\"metrics\": [], \"group_by\": [\"driver__driver_name\"], \"order_by\": [\"driver__driver_name\"]}")
          .path("rows")
          .toString();
      assertThat(query).contains(masked.at("/rows/0/values/2").asText());
      assertThat(masked.at("/rows/0/values/2").asText()).hasSize(32);
    }
  }

  @Test
  void aChangedDefinitionIsServedOnceItHasRun() throws Exception {
    DriversProject.write(folder, "");
    try (FeatureClient client = new FeatureClient(folder)) {
      client.run("activity");
      String version = client.features(ALL).path("version").asText();
      DriversProject.redefine(folder, "- {expr: \"trips_7d * 2\", name: twice}", "- {expr: \"trips_7d * 3\", name: thrice}");
      String added = "{\"view\": \"activity\", \"features\": [\"thrice\"], \"keys\": [{\"driver\": 1}]}";
      long patience = System.nanoTime() + 30_000_000_000L;
      while (client.refusal("/v1/features", added).startsWith("400 UNKNOWN_FEATURE") && System.nanoTime() < patience) {
        Thread.sleep(100);
      }
      assertThat(client.refusal("/v1/features", added)).startsWith("429 NOT_MATERIALIZED: Feature 'thrice'");
      assertThat(client.features(ALL).path("version").asText()).isEqualTo(version);
      client.run("activity");
      assertThat(client.features(added).at("/rows/0/values").toString()).isEqualTo("[6]");
      assertThat(client.features(ALL).path("version").asText()).isNotEqualTo(version);
    }
  }
}
