// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import java.util.List;
import java.util.Optional;

/** A document with definitions, as written. */
@Form("a definition file")
public record FileDef(
    @Key("Tables with meaning.") List<DatasetDef> semanticModels,
    @Key("A table with meaning.") Optional<DatasetDef> semanticModel,
    @Key("Governed numbers.") List<MetricDef> metrics,
    @Key("A governed number.") Optional<MetricDef> metric,
    @Key("Named queries.") List<SavedQueryDef> savedQueries,
    @Key("A named query.") Optional<SavedQueryDef> savedQuery,
    @Key("Calendar tables.") Optional<ProjectConfigurationDef> projectConfiguration,
    @Key("Facades: one table for SQL and one type for GraphQL each.") List<ViewDef> views,
    @Key("") YamlNode version) {}
