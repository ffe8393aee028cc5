// SPDX-License-Identifier: Apache-2.0
/** Measures that see the same rows, aggregated at the rows' own time. */
@NullMarked
package dev.sextant.query.plan.branch;

import org.jspecify.annotations.NullMarked;
