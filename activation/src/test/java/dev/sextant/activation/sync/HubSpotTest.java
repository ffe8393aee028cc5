// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.RunState;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** HubSpot's batch endpoints as their documentation has them: partial answers, silent ones, archiving by id. */
class HubSpotTest {
  private static final String ROWS = "select * from (values (1, 'a@x', 10.50), (2, 'b@x', null), (3, 'c@x', 7.00)) t(customer, email, revenue)";

  @TempDir private Path folder;
  private HubSpot hubspot;
  private Syncing syncing;

  @BeforeEach
  void open() throws IOException {
    hubspot = new HubSpot();
    syncing = Syncing.of(folder, "hubspot", Map.of("token", "secret", "url", hubspot.url()));
  }

  @AfterEach
  void close() {
    hubspot.close();
  }

  @Test
  void rowsBecomeContactsByTheirEmail() {
    assertThat(syncing.run(ROWS).state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(hubspot.contacts()).containsOnlyKeys("a@x", "b@x", "c@x")
        .containsEntry("a@x", "{\"email\":\"a@x\",\"lifetime_value\":\"10.50\",\"source\":\"sextant\"}")
        .containsEntry("b@x", "{\"email\":\"b@x\",\"lifetime_value\":\"\",\"source\":\"sextant\"}");
  }

  @Test
  void aPartialAnswerRejectsTheRowsItNames() {
    hubspot.refuse("b@x");
    TestRun run = new TestRun();
    assertThat(syncing.run(ROWS, run).state()).isEqualTo(RunState.SUCCEEDED_WITH_REJECTS);
    assertThat(run.rejects()).extracting(reject -> reject.key() + " " + reject.status() + " " + reject.code() + " " + reject.message())
        .containsExactly("[2] 207 VALIDATION_ERROR Email address b@x is invalid");
    assertThat(hubspot.contacts()).containsOnlyKeys("a@x", "c@x");
  }

  @Test
  void anAnswerWithoutAWordIsNoSuccess() {
    hubspot.beSilent(1);
    assertThat(syncing.run(ROWS).report().counters()).containsEntry("accepted", 3L).containsEntry("retried", 1L);
    assertThat(hubspot.contacts()).hasSize(3);
  }

  @Test
  void whoLeavesIsArchivedByTheIdThatHubSpotTold() {
    Syncing mirror = syncing.with(Sync.Mode.MIRROR, Sync.OnLeave.ARCHIVE);
    mirror.run(ROWS);
    assertThat(mirror.run(ROWS + " where customer <> 3").report().counters()).containsEntry("removed", 1L).containsEntry("accepted", 1L);
    assertThat(hubspot.contacts()).containsOnlyKeys("a@x", "b@x");
  }
}
