// SPDX-License-Identifier: Apache-2.0
/** Runs statements in an embedded DuckDB and reads its Arrow batches without a copy. */
@NullMarked
package dev.sextant.query.warehouse.duckdb;

import org.jspecify.annotations.NullMarked;
