// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import dev.sextant.model.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** What any definition may say about itself, as written. */
@Form("a definition")
public record DocumentationDef(
    @Key("What it is, for people; shown in every catalog.") Optional<Located<String>> description,
    @Key("The name people see.") Optional<Located<String>> label,
    @Key("Who answers for it.") Optional<Located<String>> owner,
    @Key("The unit of its values, such as EUR.") Optional<Located<String>> unit,
    @Key("How its values are shown, such as 0.0%.") Optional<Located<String>> format,
    @Key(value = "Words to find it by.", lone = true) List<Located<String>> tags,
    @Key(value = "Other names people use for it.", lone = true) List<Located<String>> synonyms,
    @Key("Anything else worth keeping; it reaches the catalog.") YamlNode meta,
    @Key("dbt's place for meta, tags and enabled.") Optional<Config> config,
    @Key("What its consumers rely on: freshness, columns, checks.") YamlNode contract,
    @Key("") YamlNode metadata) {

  /** dbt's {@code config:}. */
  @Form(value = "config", open = true)
  public record Config(
      @Key("Anything worth keeping; it reaches the catalog.") YamlNode meta,
      @Key(value = "Words to find it by.", lone = true) List<Located<String>> tags,
      @Key("Whether the definition counts; true by default.") Optional<Located<Boolean>> enabled) {}

  /** Says nothing but a description. */
  public static DocumentationDef of(Optional<Located<String>> description) {
    return new DocumentationDef(description, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(),
        YamlNode.NOTHING, Optional.empty(), YamlNode.NOTHING, YamlNode.NOTHING);
  }

  /** The same, described by {@code other} where it says nothing itself. */
  public DocumentationDef describedBy(Optional<Located<String>> other) {
    return new DocumentationDef(description.or(() -> other), label, owner, unit, format, tags, synonyms, meta, config, contract, metadata);
  }

  /** Whether the definition is switched off by {@code config: {enabled: false}}. */
  public boolean isDisabled() {
    return config.flatMap(Config::enabled).filter(enabled -> !enabled.value()).isPresent();
  }
}
