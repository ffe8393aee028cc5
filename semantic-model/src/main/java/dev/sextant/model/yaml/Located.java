// SPDX-License-Identifier: Apache-2.0
package dev.sextant.model.yaml;

import dev.sextant.model.Position;

/** A value and the scalar it was read from. */
public record Located<T>(T value, YamlNode.Scalar scalar) {

  public Position position() {
    return scalar.position();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
