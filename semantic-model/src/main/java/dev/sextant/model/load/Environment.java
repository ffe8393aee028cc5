// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.load;

import dev.sextant.model.Issues;
import dev.sextant.model.ModelIssue;
import dev.sextant.model.yaml.YamlNode;
import dev.sextant.model.yaml.YamlNode.Entry;
import dev.sextant.model.yaml.YamlNode.Mapping;
import dev.sextant.model.yaml.YamlNode.Scalar;
import dev.sextant.model.yaml.YamlNode.Sequence;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the values of environment variables in the place of {@code ${NAME}}. */
final class Environment {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  private Environment() {}

  static YamlNode substitute(YamlNode node, Map<String, String> environment, Issues issues) {
    return switch (node) {
      case Scalar scalar -> scalar(scalar, environment, issues);
      case Sequence sequence -> new Sequence(
          sequence.items().stream().map(item -> substitute(item, environment, issues)).toList(), sequence.position(), sequence.weight());
      case Mapping mapping -> new Mapping(
          mapping.entries().stream().map(entry -> new Entry(entry.key(), substitute(entry.value(), environment, issues))).toList(),
          mapping.position(), mapping.weight());
    };
  }

  private static Scalar scalar(Scalar scalar, Map<String, String> environment, Issues issues) {
    Matcher matcher = VARIABLE.matcher(scalar.text());
    if (!matcher.find()) {
      return scalar;
    }
    matcher.reset();
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String value = environment.get(matcher.group(1));
      if (value == null) {
        issues.unknown(ModelIssue.MISSING_VARIABLE, scalar.place(matcher.start()),
            "the environment variable '" + matcher.group(1) + "' is not set.", matcher.group(1), environment.keySet());
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(value == null ? "" : value));
    }
    matcher.appendTail(text);
    return new Scalar(text.toString(), false, scalar.source(), scalar.position());
  }
}
