// SPDX-License-Identifier: Apache-2.0
/** Builds rollups: beside what serves, swapped in whole, and clears up what serves no longer. */
@NullMarked
package dev.sextant.activation.rollup;

import org.jspecify.annotations.NullMarked;
