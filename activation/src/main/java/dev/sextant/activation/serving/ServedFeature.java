// SPDX-License-Identifier: Apache-2.0
package dev.sextant.activation.serving;

import dev.sextant.model.AccessPolicy;
import dev.sextant.model.DataType;
import java.util.Optional;

/** A feature as it is served: its place in stored rows, and how its values are hidden from the caller. */
public record ServedFeature(String name, DataType type, int slot, Optional<AccessPolicy.Mask> mask) {}
