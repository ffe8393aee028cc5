// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.cube;

import dev.sextant.model.ErrorKind;
import dev.sextant.model.Issue;
import dev.sextant.server.error.ErrorTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what went wrong in Cube's form, with our code and suggestions beside it. */
final class CubeErrors {
  private static final int SERVER_FAULT = 500;

  private CubeErrors() {}

  static Map<String, Object> body(List<Issue> issues, Optional<String> requestId) {
    Issue first = issues.getFirst();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", issues.stream().map(Issue::message).collect(Collectors.joining("\n")));
    body.put("type", isTheAskers(first.code().kind()) ? "UserError" : "Internal Server Error");
    body.put("code", first.code().name());
    body.put("suggestions", first.suggestions());
    requestId.ifPresent(id -> body.put("requestId", id));
    return body;
  }

  private static boolean isTheAskers(ErrorKind kind) {
    return switch (kind) {
      case USER, NOT_FOUND, DENIED, UNSUPPORTED -> true;
      case MODEL, BUSY, TIMEOUT, CANCELLED, UPSTREAM, BUG -> false;
    };
  }

  /** Cube's clients take 502 for a gateway's and ask again without end, so a warehouse's failure is 500 here. */
  static int status(List<Issue> issues) {
    int status = ErrorTable.row(issues.getFirst().code()).http();
    return issues.getFirst().code().kind() == ErrorKind.UPSTREAM ? SERVER_FAULT : status;
  }
}
