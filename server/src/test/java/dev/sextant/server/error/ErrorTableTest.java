// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.error;

import dev.sextant.model.ErrorKind;
import java.util.EnumSet;
import java.util.Set;
import org.apache.arrow.flight.FlightStatusCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorTableTest {
  private static final Set<ErrorKind> NOT_THE_ASKERS = EnumSet.of(ErrorKind.MODEL, ErrorKind.TIMEOUT, ErrorKind.UPSTREAM, ErrorKind.BUG);

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void onlyWhatIsNotTheAskersMistakeIsAServerError(ErrorKind kind) {
    assertThat(ErrorTable.row(kind).http() >= 500).isEqualTo(NOT_THE_ASKERS.contains(kind));
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void everyDoorKnowsEveryKind(ErrorKind kind) {
    ErrorTable.Row row = ErrorTable.row(kind);
    assertThat(row.sqlState()).matches("[0-9A-Z]{5}");
    assertThat(FlightStatusCode.valueOf(row.flight())).isNotEqualTo(FlightStatusCode.OK);
    assertThat(row.graphql()).matches("[A-Z_]+");
  }

  @ParameterizedTest
  @EnumSource(ServerIssue.class)
  void issuesOfTheServerKeepTheirOwnStatusAndTheRestOfTheirKind(ServerIssue issue) {
    assertThat(ErrorTable.row(issue).http()).isEqualTo(issue.httpStatus());
    assertThat(ErrorTable.row(issue).sqlState()).isEqualTo(ErrorTable.row(issue.kind()).sqlState());
  }
}
