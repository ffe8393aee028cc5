// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.answer;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TableAnswerTest {
  private static final List<
      List<String>> ROWS = List.of(List.of("Germany and Austria", "1.5", "some long remark"), List.of("∅", "1234567.25", ""));

  private static TableLayout layout(int width) {
    return TableLayout.of(List.of("country", "revenue", "remark"), List.of(false, true, false)).fitting(ROWS, width);
  }

  @Test
  void columnsAreAlignedAndNumbersStandOnTheRight() {
    TableLayout layout = layout(0);
    assertThat(layout.head()).isEqualTo("country                 revenue  remark");
    assertThat(layout.line(ROWS.get(0))).isEqualTo("Germany and Austria         1.5  some long remark");
    assertThat(layout.line(ROWS.get(1))).isEqualTo("∅                    1234567.25");
    assertThat(layout.note()).isEmpty();
  }

  @Test
  void aNarrowTerminalCutsTextsButNeverNumbers() {
    TableLayout layout = layout(40);
    assertThat(layout.line(ROWS.get(0))).isEqualTo("Germany and …         1.5  some long re…").hasSizeLessThanOrEqualTo(40);
    assertThat(layout.line(ROWS.get(1))).contains("1234567.25");
    assertThat(layout.note().orElseThrow()).contains("--format csv");
    assertThat(layout.line(List.of("a", "123456789012.25", "b"))).contains("123456789012.25");
  }

  @Test
  void aVeryNarrowTerminalLeavesColumnsOut() {
    TableLayout layout = layout(20);
    assertThat(layout.shown()).isEqualTo(2);
    assertThat(layout.note().orElseThrow()).contains("1 more column");
  }
}
