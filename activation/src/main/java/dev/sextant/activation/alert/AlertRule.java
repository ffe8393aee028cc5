// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.alert;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.activation.Run;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of {@code alerts:} in {@code sextant.yml}: which alerts go to which destination. {@code object} is the destination's, such as a
 * channel; {@code targets} are written as {@code sync crm}, none for all.
 */
public record AlertRule(String name, String destination, Optional<String> object, Set<AlertKind> kinds, List<String> targets) {
  private static final String PREFIX = "alerts.";
  private static final List<String> KEYS = List.of("destination", "object", "on", "for");

  public AlertRule {
    targets = List.copyOf(targets);
  }

  boolean wants(AlertKind kind, Run.Target target) {
    return kinds.contains(kind) && (targets.isEmpty() || targets.contains(target.toString()));
  }

  /** Reads the rules of a project's settings; an exception names what is wrong. */
  public static List<AlertRule> of(Map<String, String> settings) {
    return names(settings).stream().map(name -> rule(name, settings)).toList();
  }

  /** The names of all rules, right or wrong. */
  public static Set<String> names(Map<String, String> settings) {
    Set<String> names = new LinkedHashSet<>();
    settings.keySet().stream().filter(key -> key.startsWith(PREFIX)).map(key -> key.split("\\.", -1)[1]).forEach(names::add);
    return names;
  }

  /** Reads one rule; an exception names what is wrong. */
  public static AlertRule rule(String name, Map<String, String> settings) {
    String prefix = PREFIX + name + ".";
    settings.keySet().stream().filter(key -> key.startsWith(prefix)).map(key -> key.substring(prefix.length())).forEach(key -> {
      if (!KEYS.contains(key)) {
        throw wrong(name, "has no key '" + key + "'. Its keys are " + String.join(", ", KEYS) + ".");
      }
    });
    String destination = Optional.ofNullable(settings.get(prefix + "destination"))
        .orElseThrow(() -> wrong(name, "needs the key 'destination', a name under destinations."));
    Set<AlertKind> kinds = EnumSet.noneOf(AlertKind.class);
    parts(settings.get(prefix + "on")).forEach(text -> kinds.add(AlertKind.named(text)
        .orElseThrow(() -> wrong(name, "knows no '" + text + "'; 'on' lists some of "
            + EnumSet.allOf(AlertKind.class).stream().map(AlertKind::label).toList() + "."))));
    return new AlertRule(name, destination, Optional.ofNullable(settings.get(prefix + "object")),
        kinds.isEmpty() ? EnumSet.allOf(AlertKind.class) : kinds, parts(settings.get(prefix + "for")));
  }

  private static List<String> parts(@org.jspecify.annotations.Nullable String text) {
    List<String> parts = new ArrayList<>();
    if (text != null) {
      List.of(text.split(",", -1)).forEach(part -> parts.add(part.strip()));
    }
    return parts;
  }

  private static RuntimeException wrong(String name, String what) {
    return ActivationIssue.DESTINATION_CONFIG.because("Alert '" + name + "' in sextant.yml " + what);
  }
}
