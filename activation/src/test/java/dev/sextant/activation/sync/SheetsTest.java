// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Activity;
import dev.sextant.activation.Reject;
import dev.sextant.activation.RunState;
import dev.sextant.model.SextantException;
import dev.sextant.model.Sync;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/** A sheet that takes a request whole or not at all, and only inside its grid. */
class SheetsTest {
  private static final String ROWS = "select * from (values (1, 'a@x', 10.50), (2, 'b@x', null), (3, 'c@x', 7.00)) t(customer, email, revenue)";

  @TempDir private Path folder;
  private final Spreadsheet sheet = new Spreadsheet(1000);

  private Syncing syncing(Provider sheets) {
    return Syncing.of(folder, "google_sheets", Map.of("token", "t", "spreadsheet", "s1", "url", sheets.url()));
  }

  private Provider open() throws IOException {
    return new Provider(request -> sheet.answer(request, ""));
  }

  @Test
  void linesStayWhenABatchComesAgain() throws IOException {
    try (Provider sheets = open()) {
      Syncing syncing = syncing(sheets).with(Sync.Mode.MIRROR, Sync.OnLeave.NOTHING);
      syncing.run(ROWS);
      syncing.run(ROWS.replace("7.00", "8.00").replace("'a@x', 10.50", "'a@x', 11.00"));
      assertThat(sheet.lines()).hasSize(4).containsEntry(1, List.of("key", "email", "lifetime_value", "source"));
      assertThat(sheet.lines().values()).contains(List.of("3", "c@x", "8.0", "sextant"), List.of("1", "a@x", "11.0", "sextant"),
          List.of("2", "b@x", "", "sextant"));
      syncing.run(ROWS + " where customer <> 3");
      assertThat(sheet.lines().values()).contains(List.of("", "", "", ""));
    }
  }

  @Test
  void aCellThatIsTooLongCostsItsRowAlone() throws IOException {
    try (Provider sheets = open()) {
      TestRun run = new TestRun();
      String many = "select i as customer, case when i = 77 then repeat('x', 50001) else i || '@x' end as email, i as revenue"
          + " from range(200) r(i)";
      Syncing syncing = syncing(sheets);
      Activity.Outcome outcome = syncing.run(many, run);
      assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED_WITH_REJECTS);
      assertThat(outcome.report().counters()).containsEntry("accepted", 199L).containsEntry("rejected", 1L);
      assertThat(run.rejects()).extracting(Reject::key, Reject::status).containsExactly(tuple("[77]", 400));
      assertThat(run.rejects().getFirst().message()).contains("more than the maximum of 50000 characters in a single cell");
      assertThat(sheet.lines().values()).extracting(List::getFirst).doesNotHaveDuplicates().hasSize(200).contains("76", "78");
      assertThat(syncing.run(many.replace("50001", "50000")).state()).isEqualTo(RunState.SUCCEEDED);
    }
  }

  @Test
  void theGridGrowsWithTheRows() throws IOException {
    try (Provider sheets = open()) {
      Activity.Outcome outcome = syncing(sheets).run("select i as customer, i || '@x' as email, i as revenue from range(2500) r(i)");
      assertThat(outcome.report().counters()).containsEntry("accepted", 2500L).containsEntry("rejected", 0L);
      assertThat(sheet.lines()).hasSize(2501);
      assertThat(sheet.rows()).isGreaterThanOrEqualTo(2501);
    }
  }

  @Test
  void aSheetThatIsNotThereEndsTheRunAndTheOthersAreNamed() throws IOException {
    try (Provider sheets = new Provider(request -> Provider.Answer.json(200,
        Map.of("sheets", List.of(Map.of("properties", Map.of("sheetId", 1, "title", "Leads"))))))) {
      SextantException failure = catchThrowableOfType(SextantException.class, () -> syncing(sheets).run(ROWS));
      assertThat(failure.issue().code()).isEqualTo(ActivationIssue.DESTINATION_REFUSED);
      assertThat(failure).hasMessageContaining("no sheet 'contacts'").hasMessageContaining("Leads");
      assertThat(sheets.requests()).hasSize(1);
    }
  }

  @Test
  void aSpreadsheetThatCannotGrowRefusesNoRow() throws IOException {
    try (Provider sheets = new Provider(request -> request.path().endsWith("s1:batchUpdate")
        ? Provider.Answer.json(400, Map.of("error", Map.of("message", "This action would increase the number of cells above the limit.")))
        : sheet.answer(request, ""))) {
      TestRun run = new TestRun();
      SextantException failure = catchThrowableOfType(SextantException.class,
          () -> syncing(sheets).run("select i as customer, i || '@x' as email, i as revenue from range(1200) r(i)", run));
      assertThat(failure.issue().code()).isEqualTo(ActivationIssue.DESTINATION_REFUSED);
      assertThat(failure).hasMessageContaining("above the limit");
      assertThat(run.rejects()).isEmpty();
    }
  }
}
