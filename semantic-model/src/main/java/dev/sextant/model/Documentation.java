// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people are told about a definition; it reaches every catalog and changes no number. */
public record Documentation(
    String description,
    Optional<String> label,
    Optional<String> owner,
    Optional<String> unit,
    Optional<String> format,
    List<String> tags,
    List<String> synonyms,
    Map<String, String> meta) {

  /** Nothing to tell. */
  public static final Documentation NONE = new Documentation("", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
      List.of(), List.of(), new LinkedHashMap<>());

  public Documentation {
    tags = List.copyOf(tags);
    synonyms = List.copyOf(synonyms);
    meta = Collections.unmodifiableMap(new LinkedHashMap<>(meta));
  }

  /** Returns documentation that holds a description only. */
  public static Documentation of(String description) {
    return new Documentation(description, NONE.label, NONE.owner, NONE.unit, NONE.format, NONE.tags, NONE.synonyms, NONE.meta);
  }
}
