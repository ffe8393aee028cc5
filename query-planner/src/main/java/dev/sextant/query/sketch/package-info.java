// SPDX-License-Identifier: Apache-2.0
/** Sketches: small summaries of many values, which merge and from which distinct counts and quantiles are estimated. */
@NullMarked
package dev.sextant.query.sketch;

import org.jspecify.annotations.NullMarked;
