// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.Located;
import java.util.List;
import java.util.Optional;

/** A feature view, as written. */
@Form("a feature view")
public record FeatureViewDef(
    @Key("The feature view's name.") Located<String> name,
    @Key(value = "The entity it is keyed by, or several.", also = "entities", lone = true) List<Located<String>> entity,
    @Key("Its columns.") List<FeatureDef> features,
    @Key("How old online values may be; older ones are withheld.") Optional<Located<String>> maxAge,
    @Key("Where and when it is materialised.") Optional<OnlineDef> online,
    @Key(value = "", inline = true) DocumentationDef documentation) {

  /** One column, as written: a metric with a window, a dimension, or an expression. */
  @Form("a feature")
  public record FeatureDef(
      @Key("The column's name; made of metric and window, or of the dimension, where missing.") Optional<Located<String>> name,
      @Key("A metric, over a window that ends at the instant.") Optional<Located<String>> metric,
      @Key("The metric's window, such as 30 days.") Optional<WindowDef> window,
      @Key("A dimension of the entity, as of the instant.") Optional<Located<String>> dimension,
      @Key("An expression over other features of the view.") Optional<Located<String>> expr) {}

  /** Where and when a view is materialised, as written. */
  @Form(value = "online", shorthand = "store")
  public record OnlineDef(
      @Key("The online store: local or redis.") Located<String> store,
      @Key("When, as a cron expression.") Optional<Located<String>> schedule,
      @Key("How late rows come at most, such as 3 days, where rows are only added: then runs compute only what changed.") Optional<
          Located<String>> lookback) {}
}
