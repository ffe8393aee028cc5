// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.sync.destination;

import dev.sextant.activation.ActivationIssue;
import dev.sextant.model.DestinationConfig;
import dev.sextant.model.NearestNames;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of a destination as {@code sextant.yml} has them; what is missing, unknown or malformed is named, values never are. */
record Options(DestinationConfig config) {

  /** Refuses options that nobody reads. */
  Options known(String... names) {
    List<String> all = List.of(names);
    for (String name : config.options().keySet()) {
      if (!all.contains(name.replaceFirst("\\..*", ".*"))) {
        List<String> near = NearestNames.to(name, all);
        throw wrong("has no option '" + name + "'." + NearestNames.question(near) + " Its options are " + String.join(", ", all) + ".");
      }
    }
    return this;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(config.options().get(name)).filter(value -> !value.isBlank());
  }

  String required(String name) {
    return text(name).orElseThrow(() -> wrong("needs the option '" + name + "'."));
  }

  URI url(String name, Optional<String> otherwise) {
    String text = text(name).or(() -> otherwise).orElseThrow(() -> wrong("needs the option '" + name + "'."));
    try {
      URI uri = URI.create(text);
      if (List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException malformed) {
      throw wrong("has an option '" + name + "' that is no URL.");
    }
    throw wrong("has an option '" + name + "' that is no http or https URL.");
  }

  int number(String name, int otherwise, int most) {
    String text = text(name).orElse(String.valueOf(otherwise));
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
      throw wrong("has an option '" + name + "' that is no number from 1 to " + most + ".");
    }
    return Integer.parseInt(text);
  }

  Duration seconds(String name, int otherwise) {
    return Duration.ofSeconds(number(name, otherwise, 3600));
  }

  /** Options that begin with a prefix and a dot, without them. */
  Map<String, String> under(String prefix) {
    Map<String, String> found = new java.util.LinkedHashMap<>();
    config.options().forEach((name, value) -> {
      if (name.startsWith(prefix + ".")) {
        found.put(name.substring(prefix.length() + 1), value);
      }
    });
    return found;
  }

  RuntimeException wrong(String what) {
    return ActivationIssue.DESTINATION_CONFIG.because("Destination '" + config.name() + "' (" + config.type() + ") " + what);
  }
}
