// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.http;

import dev.sextant.model.Issue;
import dev.sextant.model.NearestNames;
import dev.sextant.model.Position;
import dev.sextant.model.SextantException;
import dev.sextant.server.error.ServerIssue;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The query parameters of a request; unknown ones are errors, as unknown keys are. */
record Parameters(String path, Map<String, List<String>> given, List<String> allowed) {

  static Parameters of(Context context, String... allowed) {
    Map<String, List<String>> given = context.queryString() == null ? Collections.emptyMap() : context.queryParamMap();
    Parameters parameters = new Parameters(context.path(), given, List.of(allowed));
    given.keySet().forEach(parameters::checkKnown);
    return parameters;
  }

  private void checkKnown(String name) {
    if (!allowed.contains(name)) {
      List<String> near = NearestNames.to(name, allowed);
      String help = allowed.isEmpty() ? " None is allowed here."
          : near.isEmpty() ? " Allowed are " + String.join(", ", allowed) + "." : NearestNames.question(near);
      throw new SextantException(
          new Issue(ServerIssue.INVALID_PARAMETER, "Parameter '" + name + "' is not known here." + help, Position.NOWHERE, near));
    }
  }

  Optional<String> text(String name) {
    return given.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** A value that must be there. */
  String required(String name) {
    return text(name).filter(value -> !value.isBlank())
        .orElseThrow(() -> new SextantException(
            Issue.of(ServerIssue.INVALID_PARAMETER, Position.NOWHERE,
                "Parameter '" + name + "' is missing: " + path + "?" + name + "=..")));
  }

  /** A list with commas between its items; repeated parameters add up. */
  List<String> list(String name) {
    return given.getOrDefault(name, List.of())
        .stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }
}
