// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.conformance.Answer;
import dev.sextant.model.Position;
import java.util.stream.Collectors;

/** A refusal as scripts show it: {@code CODE at line:col: message}, one line each. */
final class ErrorText {

  private ErrorText() {
  }

  static String of(Answer.Refusal refusal, Script.Ask ask) {
    return refusal.complaints().stream().map(complaint -> of(complaint, ask)).collect(Collectors.joining("\n"));
  }

  private static String of(Answer.Complaint complaint, Script.Ask ask) {
    String place = complaint.position().equals(Position.NOWHERE) ? "" : " at " + complaint.position();
    return complaint.code() + place + ": " + complaint.message().replace("\n", " ");
  }
}
