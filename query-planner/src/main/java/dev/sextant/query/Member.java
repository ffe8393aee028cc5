// SPDX-License-Identifier: Apache-2.0
package dev.sextant.query;

import dev.sextant.model.Dataset;
import dev.sextant.model.Dimension;
import dev.sextant.model.Entity;
import dev.sextant.model.JoinPath;
import java.util.List;

/** What a name means seen from one dataset: an element, and the joins that lead to it. */
public sealed interface Member {

  JoinPath path();

  /** The dataset that holds the element. */
  Dataset dataset();

  /** The links of the member's full name. */
  List<String> links();

  /** A dimension. */
  record Attribute(JoinPath path, Dataset dataset, List<String> links, Dimension dimension) implements Member {}

  /** An entity's key. */
  record Key(JoinPath path, Dataset dataset, List<String> links, Entity entity) implements Member {}
}
