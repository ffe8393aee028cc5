// SPDX-License-Identifier: Apache-2.0
/** A DuckDB of a run's own: where Arrow batches become tables that can be joined, or files. */
@NullMarked
package dev.sextant.activation.scratch;

import org.jspecify.annotations.NullMarked;
