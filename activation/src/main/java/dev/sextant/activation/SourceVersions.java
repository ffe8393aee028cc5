// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation;

import java.util.Optional;

/** Tells the versions of datasets: as long as one is the same, the dataset's rows are. */
public interface SourceVersions {
  SourceVersions UNKNOWN = dataset -> Optional.empty();

  /** The version of a dataset now; nothing where it cannot be told. */
  Optional<String> version(String dataset);
}
