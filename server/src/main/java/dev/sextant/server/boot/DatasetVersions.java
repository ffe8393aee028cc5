// SPDX-License-Identifier: Apache-2.0
package dev.sextant.server.boot;

import dev.sextant.activation.SourceVersions;
import dev.sextant.model.SemanticModel;
import dev.sextant.model.SextantException;
import java.util.Optional;
import java.util.function.Supplier;

/** The versions of datasets for which {@code sextant.yml} has a version query, the same that the cache goes by. */
record DatasetVersions(Supplier<SemanticModel> model, WarehouseVersions versions) implements SourceVersions {
  private static final String QUERIES = "cache.versions.";

  @Override
  public Optional<String> version(String dataset) {
    try {
      return Optional.ofNullable(model.get().project().settings().get(QUERIES + dataset)).map(sql -> versions.version(dataset, sql));
    } catch (SextantException unknown) {
      return Optional.empty();
    }
  }
}
