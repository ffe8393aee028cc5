// SPDX-License-Identifier: Apache-2.0
package dev.sextant.conformance.script;

import dev.sextant.conformance.Answer;
import java.util.stream.Collectors;

/** A refusal as scripts show it: {@code CODE at line:col: message}, one line each. */
final class ErrorText {

  private ErrorText() {}

  static String of(Answer.Refusal refusal, Script.Ask ask) {
    QueryPlaces places = new QueryPlaces(String.join("\n", ask.text()));
    return refusal.complaints().stream().map(complaint -> of(complaint, places)).collect(Collectors.joining("\n"));
  }

  private static String of(Answer.Complaint complaint, QueryPlaces places) {
    String place = places.of(complaint).map(text -> " at " + text).orElse("");
    return complaint.code() + place + ": " + complaint.message().replace("\n", " ");
  }
}
