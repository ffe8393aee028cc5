// SPDX-License-Identifier: Apache-2.0
/** YAML with the position of every node, and the definitions as they are written. */
@NullMarked
package dev.sextant.model.yaml;

import org.jspecify.annotations.NullMarked;
