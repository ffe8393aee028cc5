// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatePhrasesTest {
  private static final DatePhrases PHRASES = new DatePhrases(LocalDateTime.parse("2026-05-13T14:35:10.250"), ZoneId.of("Europe/Berlin"),
      DayOfWeek.MONDAY);

  @ParameterizedTest
  @CsvSource({
      "today, 2026-05-13T00:00:00.000 - 2026-05-13T23:59:59.999",
      "Yesterday, 2026-05-12T00:00:00.000 - 2026-05-12T23:59:59.999",
      "tomorrow, 2026-05-14T00:00:00.000 - 2026-05-14T23:59:59.999",
      "this week, 2026-05-11T00:00:00.000 - 2026-05-17T23:59:59.999",
      "this hour, 2026-05-13T14:00:00.000 - 2026-05-13T14:59:59.999",
      "this quarter, 2026-04-01T00:00:00.000 - 2026-06-30T23:59:59.999",
      "last month, 2026-04-01T00:00:00.000 - 2026-04-30T23:59:59.999",
      "next year, 2027-01-01T00:00:00.000 - 2027-12-31T23:59:59.999",
      "last 7 days, 2026-05-06T00:00:00.000 - 2026-05-12T23:59:59.999",
      "last 3 months, 2026-02-01T00:00:00.000 - 2026-04-30T23:59:59.999",
      "next 2 weeks, 2026-05-18T00:00:00.000 - 2026-05-31T23:59:59.999",
      "last 90 minutes, 2026-05-13T13:05:00.000 - 2026-05-13T14:34:59.999",
      "from 7 days ago to now, 2026-05-06T00:00:00.000 - 2026-05-13T23:59:59.999",
      "from 2 hours ago to 1 hour ago, 2026-05-13T12:00:00.000 - 2026-05-13T13:59:59.999",
      "from 2026-01-01 to yesterday, 2026-01-01T00:00:00.000 - 2026-05-12T23:59:59.999",
      "2 days from now, 2026-05-15T00:00:00.000 - 2026-05-15T23:59:59.999",
      "2026-02-28, 2026-02-28T00:00:00.000 - 2026-02-28T23:59:59.999",
      "2026-02-28T10:00:00.000, 2026-02-28T10:00:00.000 - 2026-02-28T10:00:00.000",
      "2026-02-28T10:00:00Z, 2026-02-28T11:00:00.000 - 2026-02-28T11:00:00.000",
  })
  void phrasesAreReadSeenFromNow(String text, String range) {
    assertThat(PHRASES.range(text)).hasToString(range);
  }

  @Test
  void theFirstInstantAfterARangeIsOneMillisecondLater() {
    assertThat(PHRASES.range("this month").after()).isEqualTo(LocalDateTime.parse("2026-06-01T00:00:00"));
  }

  @ParameterizedTest
  @CsvSource({"when it rains", "last full moon", "2026-02-30", "''", "from to"})
  void whatIsNoDateIsRefused(String text) {
    assertThatThrownBy(() -> PHRASES.range(text)).hasMessageContaining("Can't parse date");
  }

  @Test
  void aRangeThatEndsBeforeItStartsIsRefused() {
    assertThatThrownBy(() -> PHRASES.between("2026-02-01", "2026-01-01")).hasMessageContaining("before it starts");
  }
}
