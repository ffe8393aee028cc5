// SPDX-License-Identifier: Apache-2.0
/** Semantic SQL asked of the engine itself: its answers, its refusals, its bounds. */
@NullMarked
package dev.sextant.conformance.sql;

import org.jspecify.annotations.NullMarked;
