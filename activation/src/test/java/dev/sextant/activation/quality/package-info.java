// SPDX-License-Identifier: Apache-2.0
/** Drift that is there is found, and none that is not. */
@NullMarked
package dev.sextant.activation.quality;

import org.jspecify.annotations.NullMarked;
