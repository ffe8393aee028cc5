// SPDX-License-Identifier: Apache-2.0
/** Opens projects and the doors into them. */
@NullMarked
package dev.sextant.conformance.door;

import org.jspecify.annotations.NullMarked;
