// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model;

import java.util.List;

/** A named list of features of one or several views, such as all that one model takes: views, or single features as {@code view:feature}. */
public record FeatureService(String name, List<String> features, Documentation documentation, Position position) {

  public FeatureService {
    features = List.copyOf(features);
  }
}
