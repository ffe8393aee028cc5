// SPDX-License-Identifier: Apache-2.0
/** Rollups change nothing but the time an answer takes. */
@NullMarked
package dev.sextant.conformance.rollup;

import org.jspecify.annotations.NullMarked;
