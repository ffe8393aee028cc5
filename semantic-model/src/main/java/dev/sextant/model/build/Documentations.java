// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.build;

import dev.sextant.model.Documentation;
import dev.sextant.model.yaml.Flattener;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.def.DocumentationDef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds what people are told about definitions. */
final class Documentations {

  private Documentations() {}

  static Documentation of(DocumentationDef def) {
    Map<String, String> meta = new LinkedHashMap<>(Flattener.flatten(def.meta()));
    def.config().ifPresent(config -> meta.putAll(Flattener.flatten(config.meta())));
    Flattener.flatten(def.contract()).forEach((key, value) -> meta.put("contract." + key, value));
    List<Located<String>> configTags = def.config().map(DocumentationDef.Config::tags).orElse(List.of());
    List<String> tags = Stream.concat(def.tags().stream(), configTags.stream()).map(Located::value).distinct().toList();
    return new Documentation(text(def.description()).map(String::strip).orElse(""), text(def.label()), text(def.owner()), text(def.unit()),
        text(def.format()), tags, def.synonyms().stream().map(Located::value).toList(), meta);
  }

  private static Optional<String> text(Optional<Located<String>> written) {
    return written.map(Located::value);
  }
}
