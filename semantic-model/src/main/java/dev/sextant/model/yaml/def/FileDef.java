// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml.def;

import dev.sextant.model.yaml.Form;
import dev.sextant.model.yaml.Key;
import dev.sextant.model.yaml.YamlNode;
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
    @Key("Declared pre-aggregations.") List<RollupDef> rollups,
    @Key("Metrics and dimensions of an entity as of an instant.") List<FeatureViewDef> featureViews,
    @Key("Named lists of features.") List<FeatureServiceDef> featureServices,
    @Key("Point-in-time exports of features for labelled rows.") List<TrainingSetDef> trainingSets,
    @Key("Queries whose rows are kept in step with other systems.") List<SyncDef> syncs,
    @Key("Who sees which rows and values.") List<AccessPolicyDef> accessPolicies,
    @Key("dbt models in dbt's newer style.") List<DbtModelDef> models,
    @Key("") YamlNode version,
    @Key("") YamlNode sources,
    @Key("") YamlNode seeds,
    @Key("") YamlNode snapshots,
    @Key("") YamlNode exposures,
    @Key("") YamlNode macros,
    @Key("") YamlNode analyses,
    @Key("") YamlNode groups,
    @Key("") YamlNode unitTests,
    @Key("") YamlNode dataTests) {}
