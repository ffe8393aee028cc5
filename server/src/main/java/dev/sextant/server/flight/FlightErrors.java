// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.flight;

import dev.sextant.model.Issue;
import dev.sextant.model.SextantException;
import dev.sextant.server.error.ErrorTable;
import dev.sextant.server.error.Failures;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.ErrorFlightMetadata;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns issues into Flight errors: the status of the error table, a message for people, and trailers for programs. */
final class FlightErrors {
  private static final Logger LOG = LoggerFactory.getLogger("dev.sextant.query");

  private FlightErrors() {}

  /** Says each issue as {@code CODE at 1:8: what is wrong}, with what would be right where the message does not tell. */
  static FlightRuntimeException of(List<Issue> issues) {
    Issue first = issues.getFirst();
    ErrorTable.Row row = ErrorTable.row(first.code());
    ErrorFlightMetadata trailers = new ErrorFlightMetadata();
    trailers.insert("sextant-code", first.code().name());
    trailers.insert("sextant-sqlstate", row.sqlState());
    String message = issues.stream().map(FlightErrors::text).collect(Collectors.joining("\n"));
    return new CallStatus(FlightStatusCode.valueOf(row.flight())).withDescription(message).withMetadata(trailers).toRuntimeException();
  }

  private static String text(Issue issue) {
    StringBuilder text = new StringBuilder(issue.code().name());
    if (issue.position().line() > 0) {
      text.append(" at ").append(issue.position());
    }
    text.append(": ").append(issue.message());
    List<String> unsaid = issue.suggestions().stream().filter(suggestion -> !issue.message().contains(suggestion)).toList();
    if (!unsaid.isEmpty()) {
      text.append(" Did you mean ").append(String.join(", ", unsaid)).append('?');
    }
    return text.toString();
  }

  /** What a call that was no query throws; anything unforeseen goes to the log, not to the caller. */
  static RuntimeException of(RuntimeException thrown, String call) {
    if (thrown instanceof FlightRuntimeException) {
      return thrown;
    }
    if (!(thrown instanceof SextantException)) {
      LOG.error("A fault of our own in {}", call, thrown);
    }
    return of(Failures.issues(thrown, call));
  }
}
