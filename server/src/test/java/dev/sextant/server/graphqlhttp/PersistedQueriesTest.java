// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphqlhttp;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PersistedQueriesTest {

  @Test
  void documentsThatWereAskedForLongestAgoMakeRoom() {
    PersistedQueries persisted = new PersistedQueries(20);
    for (String document : List.of("{ first }", "{ second }", "{ first }", "{ a document that is larger than all the room }")) {
      assertThat(persisted.document(Optional.of(document), PersistedQueries.sha256(document))).isEqualTo(document);
    }
    assertThat(persisted.document(Optional.of("{ third }"), PersistedQueries.sha256("{ third }"))).isEqualTo("{ third }");
    assertThat(persisted.document(Optional.empty(), PersistedQueries.sha256("{ first }"))).isEqualTo("{ first }");
    assertThatThrownBy(() -> persisted.document(Optional.empty(), PersistedQueries.sha256("{ second }")))
        .hasMessageContaining(PersistedQueries.NOT_FOUND);
  }
}
