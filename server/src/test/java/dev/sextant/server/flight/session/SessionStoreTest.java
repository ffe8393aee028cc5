// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.arrow.flight.SessionOptionValue;
import org.apache.arrow.flight.SessionOptionValueFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Sessions that nobody ends do not stay for ever. */
class SessionStoreTest {
  private static final Map<String, SessionOptionValue> OPTIONS = new LinkedHashMap<>();

  static {
    OPTIONS.put("schema", SessionOptionValueFactory.makeSessionOptionValue("public"));
  }

  private Instant now = Instant.parse("2026-05-01T00:00:00Z");
  private final SessionStore store = new SessionStore(() -> now);

  @Test
  void useKeepsThemAndAnHourWithoutEndsThem() {
    String used = store.begin();
    String unused = store.begin();
    store.put(used, OPTIONS);
    now = now.plusSeconds(3_000);
    assertThat(store.options(used)).contains(OPTIONS);
    now = now.plusSeconds(3_000);
    assertThat(store.options(used)).contains(OPTIONS);
    assertThat(store.options(unused)).isEmpty();
    now = now.plusSeconds(3_601);
    assertThat(store.options(used)).isEmpty();
  }

  @Test
  void ofTooManyTheLongestUnusedGo() {
    String first = store.begin();
    String second = store.begin();
    for (int i = 2; i < 10_000; i++) {
      store.begin();
    }
    assertThat(store.options(first)).isPresent();
    store.begin();
    assertThat(store.options(second)).isEmpty();
    assertThat(store.options(first)).isPresent();
  }

  @Test
  void whoseEndWasAskedForAreGone() {
    String session = store.begin();
    store.end(session);
    assertThat(store.options(session)).isEmpty();
  }
}
