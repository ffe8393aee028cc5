// SPDX-License-Identifier: Apache-2.0
/** Features: packed, stored online, and brought there from the warehouse. */
@NullMarked
package dev.sextant.activation.feature;

import org.jspecify.annotations.NullMarked;
