// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.graphql;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes GraphQL names out of names, each different from all before it. */
final class UniqueNames {
  private final Set<String> taken;

  UniqueNames(Collection<String> taken) {
    this.taken = new HashSet<>(taken);
  }

  /** The name itself where GraphQL allows it and nobody has it yet. */
  String take(String wanted) {
    return take(allowed(wanted), List.of(""));
  }

  /** The name in PascalCase, free with every one of the suffixes. */
  String takePascal(String wanted, List<String> suffixes) {
    String pascal = Arrays.stream(allowed(wanted).split("_"))
        .filter(part -> !part.isEmpty())
        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
        .collect(Collectors.joining());
    return take(pascal.isEmpty() || Character.isDigit(pascal.charAt(0)) ? "T" + pascal : pascal, suffixes);
  }

  private String take(String base, List<String> suffixes) {
    String name = base;
    for (int i = 2; isTaken(name, suffixes); i++) {
      name = base + "_" + i;
    }
    for (String suffix : suffixes) {
      taken.add(name + suffix);
    }
    return name;
  }

  private boolean isTaken(String name, List<String> suffixes) {
    return suffixes.stream().anyMatch(suffix -> taken.contains(name + suffix));
  }

  /** Letters, digits and underscores, not beginning with a digit or with the two underscores that GraphQL keeps for itself. */
  private static String allowed(String name) {
    String plain = name.replaceAll("[^_0-9A-Za-z]", "_").replaceFirst("^__+", "_");
    return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
  }
}
